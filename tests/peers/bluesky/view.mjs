// A view of one server: threads, counts and labels, put together from the records that stand there
// at the moment of asking. The view of the public network needs two databases and cannot run in
// every test; this one answers the same methods in the same shapes.

import http from 'node:http'

const POST = 'app.bsky.feed.post'
const COUNTED = { likeCount: 'app.bsky.feed.like', repostCount: 'app.bsky.feed.repost' }

export function startView(port, server) {
  const methods = {
    'com.atproto.identity.resolveHandle': (asked) => ask(server, 'com.atproto.identity.resolveHandle', asked),
    'app.bsky.feed.getPostThread': async (asked) => {
      const known = await readAll(server)
      const post = known.posts.get(asked.get('uri'))
      if (!post) throw refusal('NotFound', 'Post not found')
      return { thread: thread(known, post) }
    },
    'app.bsky.feed.getPosts': async (asked) => {
      const { posts } = await readAll(server)
      return { posts: asked.getAll('uris').map((uri) => posts.get(uri)).filter(Boolean) }
    },
  }
  const answer = async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, server)
    const method = methods[pathname.replace('/xrpc/', '')]
    let status = 200
    const body = await (method ? method(searchParams) : Promise.reject(refusal('MethodNotImplemented', '')))
      .catch((error) => {
        status = error.told ? 400 : 500
        return error.told ?? { error: 'InternalServerError', message: String(error) }
      })
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }
  return new Promise((done) => http.createServer(answer).listen(port, done))
}

function refusal(error, message) {
  return Object.assign(new Error(message), { told: { error, message } })
}

async function ask(server, method, asked) {
  const answer = await fetch(`${server}/xrpc/${method}?${new URLSearchParams(asked)}`)
  const body = await answer.json()
  if (!answer.ok) throw refusal(body.error, body.message)
  return body
}

async function readAll(server) {
  const posts = new Map()
  const counted = []
  const { repos } = await ask(server, 'com.atproto.sync.listRepos', { limit: 1000 })
  await Promise.all(repos.map(async ({ did }) => {
    const list = (collection) => ask(server, 'com.atproto.repo.listRecords', { repo: did, collection, limit: 100 })
    const [{ handle }, profiles, written, ...counts] = await Promise.all([
      ask(server, 'com.atproto.repo.describeRepo', { repo: did }),
      list('app.bsky.actor.profile'),
      list(POST),
      ...Object.values(COUNTED).map(list),
    ])
    const author = { did, handle, labels: labels(did, profiles.records[0]) }
    for (const record of written.records) posts.set(record.uri, view(record, author))
    Object.keys(COUNTED).forEach((count, place) => {
      for (const { value } of counts[place].records) counted.push([count, value.subject.uri])
    })
  }))
  for (const post of posts.values()) counted.push(['replyCount', post.record.reply?.parent.uri])
  for (const [count, uri] of counted) if (posts.has(uri)) posts.get(uri)[count] += 1
  return { posts }
}

function labels(did, record) {
  return (record?.value.labels?.values ?? []).map(({ val }) => ({ src: did, uri: record.uri, val, cts: '2026-01-01T00:00:00Z' }))
}

function view({ uri, cid, value }, author) {
  const counts = { replyCount: 0, repostCount: 0, likeCount: 0, quoteCount: 0 }
  const record = { uri, value }
  return { uri, cid, author, record: value, indexedAt: value.createdAt, labels: labels(author.did, record), ...counts }
}

function thread(known, post) {
  const replies = [...known.posts.values()].filter((each) => each.record.reply?.parent.uri === post.uri)
  return { $type: 'app.bsky.feed.defs#threadViewPost', post, replies: replies.map((each) => thread(known, each)) }
}
