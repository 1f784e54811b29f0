/** Which camera is opened, on a false /dev: cameras are pulled out, come back under other numbers, and are not taken for each other. */
import { readlinkSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findUsbCamera } from '../../daemon/vision/camera/find.js'
import type { Absent } from '../../daemon/vision/camera/remembered.js'
import { scriptedCamera } from '../../daemon/vision/camera/scripted.js'
import { standInFor } from '../../daemon/vision/camera/stand-in.js'
import { openUsbCamera } from '../../daemon/vision/camera/usb.js'
import { createTree } from './tree.js'

let tree: ReturnType<typeof createTree>
beforeEach(() => {
  tree = createTree()
})
afterEach(() => tree.remove())

const byId = (id: string, index = 0) => tree.file(`v4l/by-id/usb-${id}-video-index${index}`)
const find = (absent: Absent | null = null, device = tree.file('video0')) => findUsbCamera(device, absent)
const nodeOf = (absent: Absent | null = null) => find(absent).node.split('/').at(-1)
/** What is remembered of the camera that is at the configured number now. */
const watched = (absentMs = 1000, device = tree.file('video0')): Absent => {
  const { seen } = find(null, device)
  if (seen === null) throw new Error('nothing is remembered')
  return { camera: seen.camera, absentMs }
}
const missing = (words: string) => expect.objectContaining({ code: 'camera-missing', message: expect.stringContaining(words) })

describe('a camera that was watched under its number', () => {
  it('and is plugged in anew as another is found, and the log says where it is now', () => {
    tree.plug({ number: 0, id: 'A' })
    const known = watched()
    tree.pull(0)
    tree.plug({ number: 2, id: 'A', socket: '1.4' })
    expect(find(known)).toMatchObject({
      node: tree.file('video2'),
      told: expect.stringContaining(`${byId('A')} is ${tree.file('video2')} now`),
    })
  })

  it('is found though another has taken its number meanwhile', () => {
    tree.plug({ number: 0, id: 'A' })
    const known = watched()
    tree.pull(0)
    tree.plug({ number: 0, id: 'B', socket: '1.2' })
    tree.plug({ number: 2, id: 'A' })
    expect(nodeOf(known)).toBe('video2')
  })

  it('is found by its socket where it has no other name', () => {
    tree.plug({ number: 0, socket: '1.1' })
    const known = watched()
    tree.pull(0)
    tree.plug({ number: 1, socket: '1.1' })
    expect(nodeOf(known)).toBe('video1')
  })

  it('is not taken for its twin, to which udev gives their one name once it is away', () => {
    tree.plug({ number: 0, id: 'A', socket: '1.1' })
    tree.plug({ number: 2, socket: '1.2' })
    const known = watched(1_000_000)
    tree.pull(0)
    tree.pull(2)
    tree.plug({ number: 0, id: 'A', socket: '1.2' })
    expect(() => find(known)).toThrow(missing('is not there'))
    tree.plug({ number: 2, socket: '1.1' })
    expect(nodeOf(known)).toBe('video2')
  })

  it('is found in another socket while a camera without a name is there, and what is in its old one is not taken for it', () => {
    tree.plug({ number: 0, id: 'A', socket: '1.1' })
    const known = watched()
    tree.pull(0)
    tree.plug({ number: 0, id: 'B', socket: '1.1' })
    tree.plug({ number: 2, socket: '1.2' })
    expect(() => find(known)).toThrow(missing('is not there'))
    tree.plug({ number: 4, id: 'A', socket: '1.3' })
    expect(nodeOf(known)).toBe('video4')
  })

  it('keeps to its infrared picture where it has two, though both have one name', () => {
    const streams = [
      ['1.0', 0],
      ['1.0', 1],
      ['1.2', 0],
      ['1.2', 1],
    ] as const
    tree.plug({ number: 0, id: 'A', streams: streams.map(([part, index]) => [part, index]) })
    expect(readlinkSync(byId('A'))).toBe('../../video2')
    const [colour, infrared] = [watched(), watched(1000, tree.file('video2'))]
    tree.pull(0, 4)
    tree.plug({ number: 4, id: 'A', streams: streams.map(([part, index]) => [part, index]) })
    expect(find(colour, tree.file('video0')).node).toBe(tree.file('video4'))
    expect(find(infrared, tree.file('video2')).node).toBe(tree.file('video6'))
  })

  it('is of no matter once another is configured', () => {
    tree.plug({ number: 0, id: 'A' })
    tree.plug({ number: 2, id: 'B', socket: '1.2' })
    expect(find(watched(), tree.file('video2')).node).toBe(tree.file('video2'))
  })
})

describe('in place of a camera that stays away', () => {
  it('a new one is watched after half a minute, and not before, as hubs give their cameras back one by one', () => {
    tree.plug({ number: 0, id: 'A' })
    const { camera } = watched()
    tree.pull(0)
    tree.plug({ number: 0, id: 'B' })
    expect(() => find({ camera, absentMs: 29_999 })).toThrow(missing(byId('A')))
    expect(find({ camera, absentMs: 30_000 })).toMatchObject({
      node: tree.file('video0'),
      seen: { camera: { name: byId('A') }, isStandIn: true },
    })
  })

  it('the one that was beside it never is, not even when both were away', () => {
    tree.plug({ number: 0, id: 'A' })
    tree.plug({ number: 2, id: 'road', socket: '1.2' })
    const first = watched()
    tree.pull(2)
    const again = find(first).seen
    tree.pull(0)
    tree.plug({ number: 0, id: 'road', socket: '1.2' })
    for (const camera of [first.camera, again?.camera ?? first.camera])
      expect(() => find({ camera, absentMs: 1_000_000 })).toThrow(missing(byId('road')))
  })

  it('its number is opened where no camera has a name any more', () => {
    tree.plug({ number: 0, id: 'A' })
    const known = watched(30_000)
    rmSync(tree.file('v4l'), { recursive: true })
    expect(nodeOf(known)).toBe('video0')
  })

  it('another makes way once it is back', async () => {
    tree.plug({ number: 0, id: 'A' })
    const { camera: known } = watched()
    tree.pull(0)
    const camera = standInFor(known, scriptedCamera({ fps: 60, steps: [{ gray: 90, seconds: 10 }] }, '/'))
    ;(await camera.next())?.release()
    tree.plug({ number: 2, id: 'A' })
    const untilBack = async () => {
      for (let frame = await camera.next(); ; frame = await camera.next()) frame?.release()
    }
    await expect(untilBack()).rejects.toMatchObject({ code: 'camera-lost', message: expect.stringContaining(`${byId('A')} is back`) })
    await camera.close()
  })
})

describe('a number that is not there when the program begins', () => {
  it('stands for the only camera, and the log says so', () => {
    tree.plugOther(10, 'platform-bcm2835-codec')
    tree.plugOther(11, 'platform-fe801000.csi')
    tree.plug({ number: 1, id: 'A' })
    expect(find()).toMatchObject({ node: tree.file('video1'), told: expect.stringContaining(`${byId('A')}, the only camera there`) })
    expect(find().seen).toMatchObject({ camera: { name: byId('A') }, isStandIn: false })
  })

  it('stands for none of several, which are named as they should be written', () => {
    tree.plug({ number: 1, id: 'A' })
    tree.plug({ number: 3, id: 'B', socket: '1.2' })
    expect(() => find()).toThrow(missing(`there are ${byId('A')}, ${byId('B')}; write the name of the driver’s as camera.device`))
  })

  it('stands for none of two twins either, which are named by their sockets', () => {
    tree.plug({ number: 1, id: 'A' })
    tree.plug({ number: 3, socket: '1.2' })
    expect(() => find()).toThrow(missing('-usb-0:1.1:1.0-video-index0'))
  })

  it('stands for nothing where no camera is, and a number without a name is left alone', () => {
    expect(() => find()).toThrow(missing('no camera is plugged in'))
    tree.plugOther(10, 'platform-bcm2835-codec')
    expect(() => find()).toThrow(missing(`there is ${tree.file('video10')}`))
  })
})

describe('a camera under the name that was written for it', () => {
  it('is that or none, and nothing need be remembered', () => {
    tree.plug({ number: 1, id: 'A' })
    expect(find(null, byId('A'))).toEqual({ node: tree.file('video1'), told: byId('A'), seen: null })
    expect(() => find(null, byId('B'))).toThrow(missing(`there is ${byId('A')}`))
  })

  it('a number that udev gave no name is opened as it is', () => {
    tree.plugOther(0, 'platform-fe801000.csi')
    expect(find()).toEqual({ node: tree.file('video0'), told: tree.file('video0'), seen: null })
  })
})

it('what is opened is the camera that was found', () => {
  tree.plug({ number: 0, id: 'A' })
  const known = watched()
  tree.pull(0)
  tree.plug({ number: 2, id: 'A' })
  const options = { widthPx: 640, heightPx: 480, fps: 30, fourcc: null, rotateDegrees: 0, mirror: false } as const
  const refused = expect.objectContaining({ code: 'camera-refused', message: expect.stringContaining(tree.file('video2')) })
  expect(() => openUsbCamera({ device: tree.file('video0'), ...options }, known)).toThrow(refused)
})
