/** Whether the broker can be used, step by step: name, port, TLS and login, a round trip. Publishes nothing, and puts no running daemon out. */
import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import type { Config } from '../config/index.js'
import { FleetError } from '../fleet/errors.js'
import { clientOptions, connectionFault, isVersionRefused, placeOf } from '../fleet/index.js'
import type { Version } from '../fleet/link-options.js'
import { openSession, type Session } from '../fleet/session.js'
import { topicsOf } from '../fleet/topics.js'
import { type Check, type Diagnosis, type DoctorCode, fail, pass, warn } from './types.js'

type Fleet = Config['fleet']

type Step = 'name' | 'port' | 'login' | 'TLS and login' | 'round trip'
const failed: Readonly<Record<Step, DoctorCode>> = {
  name: 'broker-name',
  port: 'broker-port',
  login: 'broker-login',
  'TLS and login': 'broker-login',
  'round trip': 'broker-round-trip',
}

// IANA: 1883 for MQTT, 8883 for MQTT over TLS.
const PORT = 1883
const PORT_TLS = 8883

const GOODBYE_WITHIN_MS = 1000

/** Resolves when something listens there; rejects with Node's error. */
const knock = (host: string, port: number, withinMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: withinMs })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('timeout', () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
    socket.once('error', reject)
  })

const logInBy = async (version: Version, url: string, fleet: Fleet, clientId: string): Promise<Session> => {
  const options = await clientOptions({ ...fleet, url, clientId: null }, clientId, version, null)
  return await new Promise((resolve, reject) => {
    openSession(url, options, {
      up: resolve,
      message: () => undefined,
      down: (error) => reject(connectionFault(error, url)),
    })
  })
}

/**
 * Logs in as nobody else, under a name that no running daemon has: by MQTT 5, in which a broker also says which message it refuses, else by
 * 3.1.1, as the daemon does. Rejects with the first thing that went wrong.
 */
export const logIn = async (url: string, fleet: Fleet, clientId: string): Promise<Session> => {
  try {
    return await logInBy(5, url, fleet, clientId)
  } catch (fault) {
    if (!(fault instanceof FleetError && isVersionRefused(fault))) throw fault
    return await logInBy(4, url, fleet, clientId)
  }
}

async function examine(url: string, { config: { fleet, vehicle } }: { config: Config }): Promise<Diagnosis> {
  const { hostname, port, protocol } = new URL(url)
  const isTls = protocol === 'mqtts:'
  const name = hostname.replace(/^\[|\]$/g, '')
  let step: Step = 'name'
  try {
    await lookup(name)
    step = 'port'
    await knock(name, port === '' ? (isTls ? PORT_TLS : PORT) : Number(port), fleet.connectTimeoutSeconds * 1000)
    step = isTls ? 'TLS and login' : 'login'
    const session = await logIn(url, fleet, `kantuk-${vehicle.fleet}-${vehicle.id}-doctor`)
    step = 'round trip'
    const startedMs = performance.now()
    const refused = await session.subscribe([topicsOf(vehicle.fleet, vehicle.id).birth])
    const ms = Math.round(performance.now() - startedMs)
    await session.end(GOODBYE_WITHIN_MS)
    if (refused.length > 0)
      return warn(
        'broker',
        'broker-access',
        `${placeOf(url)} does not let this vehicle listen to ${refused.join(', ')}`,
        'check its access list',
      )
    return pass(
      'broker',
      `${placeOf(url)}: name, port, ${isTls ? 'TLS, ' : ''}login and a round trip of ${ms} ms; whether it lets events through, kantukd self-test tells`,
    )
  } catch (fault) {
    const { message } = connectionFault(fault instanceof Error ? fault : new Error(String(fault)), url)
    // "What is wrong: what to look at?", in one sentence; the part behind the colon is the cure.
    const [, what = message, cure = 'check fleet.url'] = /^(.*\)|[^:]*(?::\/\/[^:]*(?::\d+)?[^:]*)?): (.+)$/.exec(message) ?? []
    return fail('broker', failed[step], `at the ${step}: ${what}`, cure)
  }
}

export const broker: Check = async (patient) => {
  const { url, fallbackUrls } = patient.config.fleet
  return await Promise.all([url, ...(fallbackUrls ?? [])].map((each) => examine(each, patient)))
}
