/** Keys that are each right and do not go together. One rule an entry. */
import type { Conflict } from './finding.js'
import { linesInUse, sharedLines } from './lines.js'
import type { Config } from './schema.js'

/** Every conflict of a configuration. `involves` names all keys that take part, so that those already found faulty can be left out. */
export const conflictsOf = (config: Config): Conflict[] => rules.flatMap((rule) => rule(config) ?? [])

const rules: readonly ((config: Config) => Conflict | readonly Conflict[] | null)[] = [
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
  // libcamera takes the first camera that it finds; its sources are told apart by names that only the board knows.
  ({ camera: { kind, csi } }) =>
    kind !== 'csi' || csi.platform !== 'pi' || csi.sensor === 0
      ? null
      : {
          code: 'conflict',
          path: ['camera', 'csi', 'sensor'],
          involves: ['camera.csi.sensor', 'camera.csi.platform', 'camera.kind'],
          message: `camera.csi.sensor is ${csi.sensor}, and on a Pi the first ribbon camera is watched whatever it says; set it to 0, and plug in one`,
        },
  ({ classifier: { kind, provider } }) =>
    kind === 'onnx' || provider === 'cpu'
      ? null
      : {
          code: 'conflict',
          path: ['classifier', 'provider'],
          involves: ['classifier.provider', 'classifier.kind'],
          message: `classifier.provider is ${provider}, which only onnx can use; set classifier.kind to onnx, or the provider to cpu`,
        },
  ({ locate: { region } }) => beyondPicture('leftShare', region.leftShare, 'widthShare', region.widthShare),
  ({ locate: { region } }) => beyondPicture('topShare', region.topShare, 'heightShare', region.heightShare),
  sharedLines,
  (config) =>
    config.gpio.backend !== 'sysfs'
      ? []
      : linesInUse(config)
          .filter(({ lineName }) => lineName !== null)
          .map(({ section, lineName }) => ({
            code: 'conflict',
            path: [...section.split('.'), 'lineName'],
            involves: [`${section}.lineName`, 'gpio.backend'],
            message: `sysfs knows no names of lines, such as ${lineName}; set gpio.backend to gpiod, or the line by its number`,
          })),
  ({ aim, health }) =>
    health.port !== aim.port
      ? null
      : {
          code: 'conflict',
          path: ['health', 'port'],
          involves: ['health.port', 'aim.port'],
          message: `health.port and aim.port are both ${aim.port}; each needs its own`,
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
export const brokersOf = ({ url, fallbackUrls }: Config['fleet']): { url: string; path: string[] }[] => [
  { url, path: ['fleet', 'url'] },
  ...fallbackUrls.map((fallback, index) => ({ url: fallback, path: ['fleet', 'fallbackUrls', String(index)] })),
]

export const isTls = (url: string): boolean => url.startsWith('mqtts:')

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
