// Starts the whole network of Bluesky for this machine alone: its directory of accounts, a server,
// the view of the network, and what labels posts. It says where they are on one line, as JSON, and
// runs until its input ends.
//
// Usage: node boot.mjs DIRECTORY_PORT SERVER_PORT VIEW_PORT
// The environment says where its two databases are: DB_POSTGRES_URL and REDIS_HOST.

import net from 'node:net'

const [directoryPort, serverPort, viewPort] = process.argv.slice(2).map(Number)

// None of them lets one choose where it listens.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port: Number(port?.port ?? port ?? 0), host: '127.0.0.1' }, ...rest.filter((each) => typeof each === 'function'))
}

const { TestNetwork } = await import('@atproto/dev-env')
const network = await TestNetwork.create({
  dbPostgresSchema: 'tests',
  plc: { port: directoryPort },
  pds: { port: serverPort, hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: viewPort },
})

console.log(JSON.stringify({
  directory: network.plc.url,
  server: network.pds.url,
  view: network.bsky.url,
}))
process.stdin.resume().on('end', () => process.exit(0))
