/** Debian's Mosquitto as the tests' broker: real, on a free port, in a folder of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../scripts/lab/free-port.js'

export { freePort }

const run = promisify(execFile)

/** Debian keeps it outside an ordinary user's PATH. */
const BINARY = '/usr/sbin/mosquitto'

export type Certificates = { caFile: string; certFile: string; keyFile: string }

export type Options = {
  port?: number
  /** Only this user may connect. */
  login?: { username: string; password: string }
  /** TLS with this certificate. */
  tls?: Certificates
  /** TLS that asks the client for a certificate of the same authority. */
  clientCertificates?: boolean
  /** How many messages it says that it takes at once. */
  inflight?: number
  /** Further lines of its configuration, of the listener or of all. */
  further?: readonly string[]
  /** Lines for an access list file. */
  acl?: readonly string[]
}

export interface Mosquitto {
  readonly port: number
  /** mqtt://localhost:<port>, mqtts:// with TLS. */
  readonly url: string
  stop(): Promise<void>
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const configuration = async (folder: string, port: number, options: Options): Promise<string> => {
  const lines = [
    `listener ${port} 127.0.0.1`,
    `allow_anonymous ${options.login === undefined}`,
    'persistence false',
    'log_dest stderr',
    'user root',
    ...(options.further ?? []),
  ]
  if (options.login) {
    const file = join(folder, 'passwords')
    await run('mosquitto_passwd', ['-c', '-b', file, options.login.username, options.login.password])
    lines.push(`password_file ${file}`)
  }
  if (options.tls) lines.push(`cafile ${options.tls.caFile}`, `certfile ${options.tls.certFile}`, `keyfile ${options.tls.keyFile}`)
  if (options.inflight !== undefined) lines.push(`max_inflight_messages ${options.inflight}`)
  if (options.clientCertificates) lines.push('require_certificate true')
  if (options.acl) {
    await writeFile(join(folder, 'acl'), `${options.acl.join('\n')}\n`, { mode: 0o600 })
    lines.push(`acl_file ${join(folder, 'acl')}`)
  }
  return `${lines.join('\n')}\n`
}

const untilListening = async (child: ChildProcess, port: number, errors: () => string): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}: ${errors()}`)
    if (await listens(port)) return
    await sleep(25)
  }
  throw new Error(`mosquitto does not listen on ${port}: ${errors()}`)
}

/** Starts a broker; resolves once it listens. */
export const startMosquitto = async (options: Options = {}): Promise<Mosquitto> => {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is not there; scripts/setup installs it, or: apt install mosquitto mosquitto-clients`)
  const folder = await mkdtemp(join(tmpdir(), 'kantuk-mosquitto-'))
  const port = options.port ?? (await freePort())
  const file = join(folder, 'mosquitto.conf')
  await writeFile(file, await configuration(folder, port, options))
  let errors = ''
  const child = spawn(BINARY, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilListening(child, port, () => errors)
  return {
    port,
    url: `${options.tls ? 'mqtts' : 'mqtt'}://localhost:${port}`,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
