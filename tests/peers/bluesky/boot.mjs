// Starts a directory of accounts and a server of the AT Protocol, and beside them a view of what
// stands on that server. All three serve this machine alone. It says where they are on one line,
// as JSON, and runs until its input ends.
//
// Usage: node boot.mjs INSTALLED FOLDER DIRECTORY_PORT SERVER_PORT VIEW_PORT

import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { startView } from './view.mjs'

const [installed, folder, ...ports] = process.argv.slice(2)
const [directoryPort, serverPort, viewPort] = ports.map(Number)
const require = createRequire(path.join(installed, 'package.json'))

// Neither server lets one choose where it listens.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port: Number(port?.port ?? port), host: '127.0.0.1' }, ...rest.filter((each) => typeof each === 'function'))
}

const plc = require('@did-plc/server')
const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: directoryPort })
await directory.start()

const origin = `http://localhost:${serverPort}`
const pds = require('@atproto/pds')
const environment = {
  devMode: true,
  port: serverPort,
  hostname: 'localhost',
  dataDirectory: folder,
  blobstoreDiskLocation: path.join(folder, 'blobs'),
  didPlcUrl: `http://localhost:${directoryPort}`,
  serviceHandleDomains: ['.test'],
  enableDidDocWithSession: true,
  inviteRequired: false,
  bskyAppViewUrl: `http://localhost:${viewPort}`,
  bskyAppViewDid: 'did:web:view.test',
  disableSsrfProtection: true,
  jwtSecret: randomBytes(16).toString('hex'),
  dpopSecret: randomBytes(32).toString('hex'),
  adminPassword: randomBytes(16).toString('hex'),
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
}
const server = await pds.PDS.create(pds.envToCfg(environment), pds.envToSecrets(environment))
await server.start()
await startView(viewPort, origin)

console.log(JSON.stringify({
  directory: environment.didPlcUrl,
  server: origin,
  view: environment.bskyAppViewUrl,
}))
process.stdin.resume().on('end', () => process.exit(0))
