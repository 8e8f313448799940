-- Citizens for wrk, one per connection: each comes without a token, judges, says what the employer
-- should do, votes on the reasons that the server offers, and is followed by a newcomer.
-- Started with as many threads as connections: each thread then is one connection, which waits for
-- a response before it asks on. Its arguments: the path, how many votes on reasons each citizen
-- gives, and the folder in which the receipts are kept.

local threads = {}

function setup(thread)
   thread:set("number", #threads)
   table.insert(threads, thread)
end

function init(args)
   math.randomseed(number + 1)
   path, most = args[1], tonumber(args[2])
   receipts = io.open(args[3] .. "/" .. number, "w")
   token, question, reason, votes = nil, "judgement", nil, 0
   taken, newcomers, refused, first_refusal = 0, 0, 0, ""
end

local function write(answer)
   local headers = { ["Content-Type"] = "application/json" }
   if token then headers["Authorization"] = "Bearer " .. token end
   local body = string.format('{"question":"%s","answer":%d', question, answer)
   if question == "reason" then body = body .. ',"reason":' .. reason end
   return wrk.format("POST", path, headers, body .. "}")
end

function request()
   if question == "measure" then return write(math.random(-1, 8)) end
   return write(math.random(-1, 1))
end

local function begin_again()
   token, question, reason, votes = nil, "judgement", nil, 0
end

function response(status, headers, body)
   if status ~= 201 then
      refused = refused + 1
      if first_refusal == "" then first_refusal = status .. " " .. body end
      begin_again()
      return
   end
   taken = taken + 1
   receipts:write(string.match(body, '"receipt": "([%w-]+)"'), "\n")
   if not token then newcomers = newcomers + 1 end
   token = string.match(body, '"token": "([%w_-]+)"') or token
   local found = string.match(body, '"reason": (%d+)')
   if question == "reason" then votes = votes + 1 end
   if string.find(body, '"question": "measure"', 1, true) then
      question = "measure"
   elseif found and votes < most then
      question, reason = "reason", found
   else
      begin_again()
   end
end

function done(summary, latency, requests)
   local taken, newcomers, refused, first = 0, 0, 0, ""
   for _, thread in ipairs(threads) do
      taken = taken + thread:get("taken")
      newcomers = newcomers + thread:get("newcomers")
      refused = refused + thread:get("refused")
      if first == "" then first = thread:get("first_refusal") end
   end
   local errors = summary.errors
   io.write(string.format(
      '\n{"taken":%d,"newcomers":%d,"refused":%d,"unanswered":%d,"seconds":%.3f,' ..
      '"p50_ms":%.2f,"p99_ms":%.2f,"most_ms":%.2f}\n%s\n',
      taken, newcomers, refused, errors.connect + errors.read + errors.write + errors.timeout,
      summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      latency.max / 1e3, first))
end
