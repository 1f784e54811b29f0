/** Which node to open for `camera.device`: a camera named by its number is found again by its stable name, whatever its number is then. */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { folderOf, hasTwins, isNumbered, nameOf, pictureOf, type Stream, type UsbCamera, usbCameras } from './devices.js'
import type { Absent, Remembered, Seen } from './remembered.js'
import { CameraError } from './types.js'

/** `told`: what is watched, for the log. `seen`: what to know it by another time; null where it has no stable name, or camera.device is one. */
export type Found = { node: string; told: string; seen: Seen | null }

// Own: a hub that lost its supply gives its cameras back one after the other, within a few seconds; until then another one is not the driver's.
const STAND_IN_AFTER_MS = 30_000

const namesOf = (cameras: readonly UsbCamera[]): string[] =>
  cameras.flatMap(({ id, socket }) => [id, socket]).filter((name) => name !== null)

/** What a camera is known by, and its neighbours. */
function remember(device: string, camera: UsbCamera, stream: Stream, cameras: readonly UsbCamera[]): Remembered {
  return {
    device,
    name: nameOf(stream, cameras),
    id: hasTwins(cameras) ? null : camera.id,
    socket: camera.socket,
    part: stream.part,
    beside: namesOf(cameras.filter((other) => other !== camera)),
  }
}

/** Where a remembered camera is now; null: nowhere. */
export function whereIs({ id, socket, part }: Remembered, cameras: readonly UsbCamera[]): string | null {
  const named = id === null ? undefined : cameras.find((each) => each.id === id)
  // In its socket, unless by its name it is another: where a twin may have the name, and where there is none.
  const plugged = cameras.find((each) => socket !== null && each.socket === socket && (id === null || each.id === null || each.id === id))
  const camera = id === null || hasTwins(cameras) ? (plugged ?? named) : named
  return camera?.streams.find((stream) => stream.part === part)?.node ?? null
}

/** The cameras that are there, for a message. */
function present(devices: string, cameras: readonly UsbCamera[]): string {
  const names = cameras.flatMap((camera) => pictureOf(camera) ?? []).map((stream) => nameOf(stream, cameras))
  const numbers = existsSync(devices) ? readdirSync(devices).filter((name) => /^video\d+$/.test(name)) : []
  const found = names.length > 0 ? names : numbers.map((name) => path.join(devices, name))
  if (found.length === 0) return 'no camera is plugged in'
  return `there ${found.length === 1 ? 'is' : 'are'} ${found.join(', ')}${names.length > 0 ? '; write the name of the driver’s as camera.device' : ''}`
}

/** A camera that was seen before, under its old number or another; where it stays away, the only one that was not there beside it. */
function findAgain({ camera: known, absentMs }: Absent, cameras: readonly UsbCamera[], devices: string): Found {
  const { device, name, beside } = known
  const node = whereIs(known, cameras)
  if (node !== null) {
    const told = node === device ? device : `${node} (${name} is ${node} now; camera.device is ${device})`
    const here = cameras.find(({ streams }) => streams.some((stream) => stream.node === node))
    // Those that were beside it may be on their way back, as it was.
    const others = new Set([...beside, ...namesOf(cameras.filter((camera) => camera !== here))])
    return { node, told, seen: { camera: { ...known, beside: [...others] }, isStandIn: false } }
  }
  if (absentMs >= STAND_IN_AFTER_MS) {
    const strangers = cameras.filter((camera) => !namesOf([camera]).some((name) => beside.includes(name)))
    const picture = strangers[0] === undefined ? null : pictureOf(strangers[0])
    const seen = { camera: known, isStandIn: true }
    if (strangers.length === 1 && picture !== null) {
      return { node: picture.node, told: `${picture.node} (${nameOf(picture, cameras)}, in place of ${name}, which is not there)`, seen }
    }
    // No names at all any more: udev has gone, or they are hidden from us.
    if (cameras.length === 0 && existsSync(device)) return { node: realpathSync(device), told: device, seen }
  }
  throw new CameraError('camera-missing', `${name}, watched before as camera.device ${device}, is not there; ${present(devices, cameras)}`)
}

/**
 * @param device `camera.device`: a number, as /dev/video0, or a name that stays the same
 * @param absent what was seen under that number before; null: nothing since the main process began
 * @throws CameraError `camera-missing`, with the cameras that are there
 */
export function findUsbCamera(device: string, absent: Absent | null): Found {
  const devices = folderOf(device)
  const cameras = usbCameras(devices)
  if (!isNumbered(device)) {
    if (existsSync(device)) return { node: realpathSync(device), told: device, seen: null }
    throw new CameraError('camera-missing', `camera.device ${device} does not exist; ${present(devices, cameras)}`)
  }
  if (absent?.camera.device === device) return findAgain(absent, cameras, devices)
  const seenAt = (node: string): Seen | null => {
    for (const camera of cameras) {
      const stream = camera.streams.find((each) => each.node === node)
      if (stream !== undefined) return { camera: remember(device, camera, stream, cameras), isStandIn: false }
    }
    return null
  }
  if (existsSync(device)) {
    const node = realpathSync(device)
    return { node, told: device, seen: seenAt(node) }
  }
  const only = cameras.length === 1 && cameras[0] !== undefined ? pictureOf(cameras[0]) : null
  if (only !== null) {
    const told = `${only.node} (${nameOf(only, cameras)}, the only camera there; camera.device ${device} does not exist)`
    return { node: only.node, told, seen: seenAt(only.node) }
  }
  throw new CameraError('camera-missing', `camera.device ${device} does not exist; ${present(devices, cameras)}`)
}
