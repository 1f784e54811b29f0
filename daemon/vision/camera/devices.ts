/** The USB cameras that are plugged in, out of the links that udev makes: which nodes belong to one camera, and its names that stay the same. */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** One node of a camera. A camera has several: pictures, what goes with them, and with some a second picture in infrared. */
export type Stream = {
  /** The end of its name in /dev/v4l/by-path, the same in every socket: ":1.0-video-index0" is the first picture. */
  part: string
  /** As the kernel counts now: /dev/video2. */
  node: string
  /** The links to it, those in by-id first. */
  links: string[]
}

export type UsbCamera = {
  /** Its name in /dev/v4l/by-id up to "-video-index0". null: udev has none for it, as its twin of the same make, without a serial number, has that name. */
  id: string | null
  /** Its socket: its name in /dev/v4l/by-path up to ":1.0-video-index0"; null where udev makes no such links. */
  socket: string | null
  streams: Stream[]
}

// The forms of systemd's rules (60-persistent-v4l.rules); newer ones name a socket a second time, as "usbv2".
const BY_ID = /^(usb-.+)(-video-index\d+)$/
const BY_PATH = /^(.+-usb(?:v\d+)?-\d+:[\d.]+)(:\d+\.\d+-video-index\d+)$/
const NUMBERED = /^(.*)\/video\d+$/
const STABLE = /^(.*)\/v4l\/by-(?:id|path)\//

/** Whether a camera is named by its number, which another may have after the next plug. */
export const isNumbered = (device: string): boolean => NUMBERED.test(device)

/** The folder of devices that a camera's name lies in: /dev. */
export const folderOf = (device: string): string => (NUMBERED.exec(device) ?? STABLE.exec(device))?.[1] ?? '/dev'

type Link = { link: string; stem: string; part: string; node: string }

function linksIn(folder: string, form: RegExp): Link[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const link = path.join(folder, name)
      const [, stem, part] = form.exec(name) ?? []
      // A link that leads nowhere: its camera was pulled out this moment.
      if (stem === undefined || part === undefined || !existsSync(link)) return []
      return [{ link, stem: path.join(folder, stem), part, node: realpathSync(link) }]
    })
}

/** @param devices the folder of devices, such as /dev */
export function usbCameras(devices: string): UsbCamera[] {
  const byId = linksIn(path.join(devices, 'v4l/by-id'), BY_ID)
  const byPath = linksIn(path.join(devices, 'v4l/by-path'), BY_PATH)
  const cameras = new Map<string, UsbCamera>()
  for (const node of new Set([...byPath, ...byId].map((link) => link.node))) {
    const ids = byId.filter((link) => link.node === node)
    const paths = byPath.filter((link) => link.node === node)
    const first = paths[0] ?? ids[0]
    if (first === undefined) continue
    const camera = cameras.get(first.stem) ?? { id: null, socket: paths[0]?.stem ?? null, streams: [] }
    camera.id ??= ids[0]?.stem ?? null
    camera.streams.push({ part: first.part, node, links: [...ids, ...paths].map(({ link }) => link) })
    cameras.set(first.stem, camera)
  }
  return [...cameras.values()].map((camera) => ({ ...camera, streams: camera.streams.sort((a, b) => (a.part < b.part ? -1 : 1)) }))
}

/** Where a camera has its picture: the first stream with index 0, which with a double camera is that in colour. */
export const pictureOf = ({ streams }: UsbCamera): Stream | null => streams.find(({ part }) => part.endsWith('-video-index0')) ?? null

/** Whether a name in by-id may be that of either of two: one of the cameras has none of its own. */
export const hasTwins = (cameras: readonly UsbCamera[]): boolean => cameras.some(({ id }) => id === null)

/** What to write as camera.device for it: its name in by-id, where that is its own, else that of its socket. */
export const nameOf = ({ links, node }: Stream, cameras: readonly UsbCamera[]): string =>
  links.find((link) => !hasTwins(cameras) || link.includes('/v4l/by-path/')) ?? node
