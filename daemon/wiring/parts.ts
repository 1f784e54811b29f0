/** Which part of the daemon each section of the configuration concerns, and how it takes up a change of it. */
import type { AlarmOutput, ExchangeableOutput } from '../alarm/index.js'
import type { Config } from '../config/index.js'
import type { Fleet } from '../fleet/index.js'
import type { Judgement } from '../judgement/index.js'
import { policyOf } from '../judgement/policy.js'
import type { VisionHost } from '../vision/host.js'
import type { Part } from './change.js'
import type { EvidenceKeeping } from './evidence.js'
import type { Health } from './health.js'
import type { ExchangeableInputs } from './inputs.js'
import type { ExchangeableJobs } from './timetable.js'

/** What the line to the broker is made of. */
const LINK = [
  ...['url', 'fallbackUrls', 'clientId', 'username', 'passwordFile', 'caFile', 'certFile', 'keyFile'],
  ...['keepaliveSeconds', 'connectTimeoutSeconds'],
].map((key) => `fleet.${key}`)

const INPUTS = ['speed', 'button', 'ignition', 'position', 'driver', 'gpio']

/** Whether an input listens to the fleet's broker, with its login. */
const usesFleetBroker = ({ speed, ignition, position, driver }: Config): boolean =>
  [speed, ignition, position, driver].some(({ kind, mqtt }) => kind === 'mqtt' && mqtt.url === null)

export type ChangeableParts = {
  output: ExchangeableOutput
  /** Takes the lines that a configuration names. */
  openOutput(config: Config): AlarmOutput
  judgement: Judgement
  host: VisionHost
  inputs: ExchangeableInputs
  fleet: Fleet
  jobs: ExchangeableJobs
  health: Health
  evidence: EvidenceKeeping
  adjustLog(config: Config['log']): void
  /** The configuration in force. */
  inForce(): Config
}

/** Those that may refuse come first, so that little has to go back. */
export const changeableParts = ({
  output,
  openOutput,
  judgement,
  host,
  inputs,
  fleet,
  jobs,
  health,
  evidence,
  adjustLog,
  inForce,
}: ChangeableParts): Part[] => [
  { anew: null, isWatch: false, keys: () => ['log'], take: ({ log }) => adjustLog(log) },
  { anew: 'evidence', isWatch: false, keys: () => ['evidence'], take: evidence.take },
  { anew: 'the jobs by the clock', isWatch: false, keys: () => ['fleet.heartbeat'], take: jobs.take },
  { anew: 'the health page', isWatch: false, keys: () => ['health'], take: (config) => health.take(config.health.port) },
  {
    ...{ anew: 'the lines of the alarm', isWatch: true, keys: () => ['alarm', 'gpio'] },
    take: (config) =>
      output.exchange(
        () => openOutput(config),
        () => openOutput(inForce()),
      ),
  },
  {
    ...{ anew: 'what the vehicle tells', isWatch: false },
    keys: (config) => [...INPUTS, ...(usesFleetBroker(config) ? LINK : [])],
    take: inputs.take,
  },
  {
    ...{ anew: 'the eyes', isWatch: true, keys: () => ['camera', 'locate', 'classifier'] },
    take: (config) =>
      host.exchange(config).catch(async (fault: unknown) => {
        // It saw before; where it does not any more, the host says so and tries on.
        await host.exchange(inForce()).catch(() => undefined)
        throw fault
      }),
  },
  { anew: null, isWatch: true, keys: () => ['judgement'], take: (config) => judgement.adopt(policyOf(config.judgement)) },
  { anew: 'the line to the broker', isWatch: false, keys: () => LINK, take: (config) => fleet.relink(config.fleet) },
]
