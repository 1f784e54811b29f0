/** Keys that are each right and do not go together. One rule an entry. */
import type { FindingCode } from './codes.js'
import type { Config } from './schema.js'

export type Conflict = { code: FindingCode; path: readonly string[]; involves: readonly string[]; message: string }

/** Every conflict of a configuration. `involves` names all keys that take part, so that those already found faulty can be left out. */
export const conflictsOf = (config: Config): Conflict[] => rules.flatMap((rule) => rule(config) ?? [])

const rules: readonly ((config: Config) => Conflict | null)[] = [
  ({ judgement }) =>
    judgement.sleepSeconds > judgement.microsleepSeconds
      ? null
      : {
          code: 'conflict',
          path: ['judgement', 'sleepSeconds'],
          involves: ['judgement.sleepSeconds', 'judgement.microsleepSeconds'],
          message: `judgement.sleepSeconds (${judgement.sleepSeconds}) must be longer than judgement.microsleepSeconds (${judgement.microsleepSeconds})`,
        },
  ({ camera }) =>
    camera.kind !== 'file' || camera.file.path !== null
      ? null
      : {
          code: 'conflict',
          path: ['camera', 'kind'],
          involves: ['camera.kind', 'camera.file.path'],
          message: 'camera.kind is file, and no file is named; set camera.file.path',
        },
  ({ camera }) =>
    camera.kind !== 'scripted' || camera.scripted.path !== null
      ? null
      : {
          code: 'conflict',
          path: ['camera', 'kind'],
          involves: ['camera.kind', 'camera.scripted.path'],
          message: 'camera.kind is scripted, and no script is named; set camera.scripted.path',
        },
  ({ locate: { region } }) => beyondPicture('leftShare', region.leftShare, 'widthShare', region.widthShare),
  ({ locate: { region } }) => beyondPicture('topShare', region.topShare, 'heightShare', region.heightShare),
  (config) => {
    const lines = linesInUse(config)
    const second = lines.findIndex((one, i) => lines.slice(0, i).some((other) => isSameLine(one, other)))
    const taken = lines[second]
    const first = lines.find((other) => taken !== undefined && isSameLine(taken, other))
    if (taken === undefined || first === undefined) return null
    return {
      code: 'conflict',
      path: [...taken.section.split('.'), 'line'],
      involves: [`${first.section}.line`, `${taken.section}.line`],
      message: `${first.name} and ${taken.name} are on the same line, ${taken.lineName ?? taken.line} of ${taken.chip}; each needs its own`,
    }
  },
  ({ fleet }) => {
    const plain = brokersOf(fleet).find(({ url }) => !isTls(url))
    return plain === undefined || (fleet.caFile === null && fleet.certFile === null && fleet.keyFile === null)
      ? null
      : {
          code: 'conflict',
          path: plain.path,
          involves: [plain.path.join('.'), 'fleet.caFile', 'fleet.certFile', 'fleet.keyFile'],
          message: 'certificates are named, and the address is without TLS; write mqtts:// (often port 8883)',
        }
  },
  ({ fleet }) =>
    (fleet.certFile === null) === (fleet.keyFile === null)
      ? null
      : {
          code: 'conflict',
          path: ['fleet', fleet.certFile === null ? 'keyFile' : 'certFile'],
          involves: ['fleet.certFile', 'fleet.keyFile'],
          message: 'fleet.certFile and fleet.keyFile go together; set both or neither',
        },
  ({ fleet }) =>
    fleet.passwordFile === null || fleet.username !== null
      ? null
      : {
          code: 'conflict',
          path: ['fleet', 'passwordFile'],
          involves: ['fleet.passwordFile', 'fleet.username'],
          message: 'a password is of no use without a name; set fleet.username',
        },
  ({ fleet }) => {
    const open = brokersOf(fleet).find(({ url }) => !isTls(url) && !isThisMachine(url))
    return fleet.passwordFile === null || open === undefined
      ? null
      : {
          code: 'login-unprotected',
          path: open.path,
          involves: [open.path.join('.'), 'fleet.passwordFile'],
          message: 'the password crosses the network unprotected; use mqtts:// (often port 8883)',
        }
  },
]

/** Every broker, with its key. */
const brokersOf = ({ url, fallbackUrls }: Config['fleet']): { url: string; path: string[] }[] => [
  { url, path: ['fleet', 'url'] },
  ...fallbackUrls.map((fallback, index) => ({ url: fallback, path: ['fleet', 'fallbackUrls', String(index)] })),
]

const isTls = (url: string): boolean => url.startsWith('mqtts:')

// Own: thirds and sevenths, rounded as people write them, may add up to a little more than 1.
const SHARES_MAY_ADD_UP_TO = 1.01

const beyondPicture = (startKey: string, start: number, sizeKey: string, size: number): Conflict | null =>
  start + size <= SHARES_MAY_ADD_UP_TO
    ? null
    : {
        code: 'conflict',
        path: ['locate', 'region', sizeKey],
        involves: [`locate.region.${startKey}`, `locate.region.${sizeKey}`],
        message: `locate.region reaches beyond the picture: ${startKey} (${start}) and ${sizeKey} (${size}) add up to more than 1`,
      }

const isThisMachine = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

type LineInUse = { section: string; name: string; chip: string; line: number; lineName: string | null }

/** The GPIO lines that this configuration will take. */
const linesInUse = ({ alarm, speed, button, ignition }: Config): LineInUse[] => [
  ...(alarm.output === 'gpio'
    ? [
        { section: 'alarm.buzzer', name: 'buzzer', ...alarm.buzzer },
        { section: 'alarm.led', name: 'light', ...alarm.led },
      ]
    : []),
  ...(speed.kind === 'pulses' ? [{ section: 'speed.pulses', name: 'speed pulses', ...speed.pulses }] : []),
  ...(button.kind === 'gpio' ? [{ section: 'button.gpio', name: 'button', ...button.gpio }] : []),
  ...(ignition.kind === 'gpio' ? [{ section: 'ignition.gpio', name: 'ignition', ...ignition.gpio }] : []),
]

const isSameLine = (one: LineInUse, other: LineInUse): boolean =>
  one.chip === other.chip && (one.lineName ?? one.line) === (other.lineName ?? other.line)
