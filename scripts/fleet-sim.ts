/**
 * `npm run fleet-sim -- --vehicles 500 --seconds 60`: how a broker and a subscriber fare under a fleet. Real fleet rooms, each over a line of
 * its own, against one Mosquitto on this machine. Exit code 1 when an event was lost, or a birth, a last will or a retained state was wrong.
 */
import { parseArgs } from 'node:util'
import { simulate } from './fleet-sim/simulate.js'
import { endOnSignals } from './lab/child.js'
import { argumentsOr, count } from './lab/counts.js'

const text = (fallback: string) => ({ type: 'string', default: fallback }) as const
const USAGE =
  'npm run fleet-sim -- [--vehicles N] [--seconds N] [--events-per-hour N] [--heartbeat-seconds N] [--drop-outs-per-hour N] [--seed S]'
const options = argumentsOr(USAGE, () => {
  const { values } = parseArgs({
    options: {
      vehicles: text('500'),
      seconds: text('60'),
      'events-per-hour': text('60'),
      'heartbeat-seconds': text('30'),
      'drop-outs-per-hour': text('60'),
      seed: text('1'),
    },
  })
  const whole = (name: keyof typeof values, min: number): number => count(`--${name}`, values[name], min, 1_000_000)
  return {
    vehicles: whole('vehicles', 1),
    seconds: whole('seconds', 1),
    eventsPerHour: whole('events-per-hour', 0),
    heartbeatSeconds: whole('heartbeat-seconds', 1),
    dropOutsPerHour: whole('drop-outs-per-hour', 0),
    seed: whole('seed', 0),
  }
})
endOnSignals()
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const rate = (count: number, seconds: number): string => (count / seconds).toFixed(1)

say(
  `${options.vehicles} vehicles for ${options.seconds} s; each: ${options.eventsPerHour} events and ${options.dropOutsPerHour} drop-outs an hour, a heartbeat every ${options.heartbeatSeconds} s`,
)
const result = await simulate(options)
const { seconds, connects, cuts, traffic, lines, broker } = result
say(`all connected, born and online after ${result.allOnlineSeconds.toFixed(1)} s; ${connects} connections, ${cuts} of them cut\n`)
say('| topic | messages | bytes of topic | bytes of payload |\n|---|---|---|---|')
for (const [topic, { messages, topicBytes, payloadBytes }] of traffic) {
  say(`| ${topic} | ${messages} | ${Math.round(topicBytes / messages)} | ${Math.round(payloadBytes / messages)} |`)
}
const sorted = [...result.latenciesMs].sort((a, b) => a - b)
const at = (share: number): string => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)} ms`
const messages = [...traffic.values()].reduce((sum, each) => sum + each.messages, 0)
say(`
messages a second: ${rate(messages, seconds + result.allOnlineSeconds)}; events a second: ${rate(result.made, seconds)}
a vehicle's line: ${rate(lines.up, seconds * options.vehicles)} bytes a second from it, ${rate(lines.down, seconds * options.vehicles)} to it (MQTT and all that it carries, without TCP and TLS)
event made to event arrived: median ${at(0.5)}, 95 % ${at(0.95)}, longest ${at(1)} (drop-outs of up to 5 s included)
Mosquitto: ${((100 * broker.cpuSeconds) / seconds).toFixed(1)} % of a core, ${broker.rssMb.toFixed(1)} MB
`)
for (const line of [...result.wrong, ...result.complaints].slice(0, 20)) say(`wrong: ${line}`)
say(
  `${result.made} events, ${result.arrived} arrived, ${result.doubles} of them again under the same id; lost: ${result.lost}; births, wills and retained states that are wrong: ${result.wrong.length}`,
)
process.exitCode = result.lost > 0 || result.wrong.length > 0 ? 1 : 0
