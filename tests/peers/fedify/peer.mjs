// A server made with Fedify, with people that the tests steer over HTTP. Run as
// `node peer.mjs ORIGIN`; it listens on this machine alone and says when it does.
//
// POST /steer/ACTION does something in the name of somebody and answers with what came of it;
// GET /steer/events tells what has arrived.

import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import {
  Accept, Create, Delete, Endpoints, Follow, Note, Person, PUBLIC_COLLECTION, Question, Tombstone,
  Undo, Update,
} from "@fedify/vocab";
import { serve } from "@hono/node-server";

const origin = process.argv[2];
const people = ["alice", "bob", "carol"];
const keys = Object.fromEntries(
  await Promise.all(
    people.map(async (name) => [name, [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5")]]),
  ),
);
const events = [];
let made = 0;

const federation = createFederation({
  kv: new MemoryKvStore(),
  allowPrivateAddress: true,
  firstKnock: process.argv[3] ?? "rfc9421",
  origin,
});

federation
  .setActorDispatcher("/users/{identifier}", async (context, identifier) => {
    if (!people.includes(identifier)) return null;
    const [pair] = await context.getActorKeyPairs(identifier);
    return new Person({
      id: context.getActorUri(identifier),
      preferredUsername: identifier,
      name: identifier,
      inbox: context.getInboxUri(identifier),
      endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
      publicKey: pair.cryptographicKey,
    });
  })
  .setKeyPairsDispatcher((_context, identifier) => keys[identifier] ?? []);

async function remember(context, activity) {
  events.push(await activity.toJsonLd({ contextLoader: context.contextLoader }));
}
const inbox = federation.setInboxListeners("/users/{identifier}/inbox", "/inbox");
for (const kind of [Accept, Create, Update, Delete]) inbox.on(kind, remember);

const idOf = (path) => new URL(path, origin);

function noteOf(context, given) {
  const me = context.getActorUri(given.who);
  return new Note({
    id: given.note ? new URL(given.note) : idOf(`/notes/${++made}`),
    attribution: me,
    name: given.name,
    content: given.text,
    replyTarget: given.to ? new URL(given.to) : null,
    tos: given.isVote ? [new URL(given.actor)] : [PUBLIC_COLLECTION],
  });
}

function activityOf(context, action, given) {
  const common = { id: idOf(`/activities/${++made}`), actor: context.getActorUri(given.who) };
  const followed = { object: new URL(given.actor) };
  switch (action) {
    case "follow":
      return new Follow({ ...common, ...followed });
    case "unfollow": {
      const follow = new Follow({ id: idOf("/activities/0"), actor: common.actor, ...followed });
      return new Undo({ ...common, object: follow });
    }
    case "say":
      return new Create({ ...common, object: noteOf(context, given) });
    case "change":
      return new Update({ ...common, object: noteOf(context, given) });
    case "delete":
      return new Delete({ ...common, object: new Tombstone({ id: new URL(given.note) }) });
  }
}

async function steer(context, action, given) {
  if (action === "events") return events;
  if (action === "read") {
    const loader = await context.getDocumentLoader({ identifier: given.who });
    const read = await context.lookupObject(given.address, { documentLoader: loader });
    if (!(read instanceof Question)) return { kind: read?.constructor.name ?? null };
    const options = await Array.fromAsync(read.getExclusiveOptions());
    return {
      kind: "Question",
      options: options.map((each) => each.name.toString()),
      isClosed: read.closed !== null,
      votes: await Promise.all(
        options.map(async (each) => (await each.getReplies())?.totalItems ?? null),
      ),
    };
  }
  const actor = await context.lookupObject(given.actor);
  const activity = activityOf(context, action, given);
  await context.sendActivity({ identifier: given.who }, actor, activity);
  return { activity: activity.id.href, note: activity.objectId?.href ?? null };
}

async function answer(request) {
  const path = new URL(request.url).pathname;
  if (!path.startsWith("/steer/")) return federation.fetch(request, { contextData: undefined });
  const context = federation.createContext(new URL(origin), undefined);
  const given = request.method === "POST" ? await request.json() : {};
  try {
    return Response.json(await steer(context, path.slice("/steer/".length), given));
  } catch (error) {
    return Response.json({ error: String(error) }, { status: 500 });
  }
}

serve({ fetch: answer, hostname: "127.0.0.1", port: Number(new URL(origin).port) }, () => {
  console.log("ready");
});
