/** What a webcam offers, out of the text of v4l2-ctl; and the program itself, where it is and where it is not. */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/index.js'
import { diagnose, formats, offersOf } from '../../daemon/doctor/formats.js'

/** As v4l-utils 1.22 prints it of a common webcam, shortened. */
const WEBCAM = `ioctl: VIDIOC_ENUM_FMT
\tType: Video Capture

\t[0]: 'YUYV' (YUYV 4:2:2)
\t\tSize: Discrete 640x480
\t\t\tInterval: Discrete 0.033s (30.000 fps)
\t\t\tInterval: Discrete 0.067s (15.000 fps)
\t\tSize: Discrete 1280x720
\t\t\tInterval: Discrete 0.100s (10.000 fps)
\t[1]: 'MJPG' (Motion-JPEG, compressed)
\t\tSize: Discrete 1280x720
\t\t\tInterval: Discrete 0.033s (29.970 fps)
`
const asked = { fourcc: null, widthPx: 640, heightPx: 480, fps: 30 }
const said = (more: Partial<Parameters<typeof diagnose>[1]>, text = WEBCAM) => {
  const { status, message, cure } = diagnose(offersOf(text), { ...asked, ...more })
  return `${status}: ${message} → ${cure}`
}

it('what is offered is read, each size with its most frames a second', () => {
  expect(offersOf(WEBCAM)).toEqual([
    { fourcc: 'YUYV', widthPx: 640, heightPx: 480, fps: 30 },
    { fourcc: 'YUYV', widthPx: 1280, heightPx: 720, fps: 10 },
    { fourcc: 'MJPG', widthPx: 1280, heightPx: 720, fps: 29.97 },
  ])
  expect(offersOf("\t[0]: 'GREY' (8-bit Greyscale)\n\t\tSize: Stepwise 32x32 - 4096x4096 with step 1/1\n")).toEqual([])
})

describe('a camera that is asked for', () => {
  it.each<[string, Parameters<typeof said>[0], string]>([
    ['what it offers', {}, 'pass: it offers 640×480 at 30 frames a second, as YUYV → null'],
    [
      '29.97 frames by the name of 30',
      { widthPx: 1280, heightPx: 720, fourcc: 'MJPG' },
      'pass: it offers 1280×720 at 29.97 frames a second, as MJPG → null',
    ],
    [
      'a size that it has not',
      { widthPx: 800, heightPx: 600 },
      'warn: it does not offer 800×600 → set camera.widthPx and heightPx to one of: 640×480, 1280×720',
    ],
    [
      'a format that it has not',
      { fourcc: 'MJPG' },
      'warn: it does not offer 640×480 as MJPG → set camera.fourcc to null, or one of: YUYV',
    ],
    [
      'more frames than this format has',
      { widthPx: 1280, heightPx: 720, fps: 15, fourcc: 'YUYV' },
      'warn: it offers 1280×720 at no more than 10 frames a second, and 15 are asked for → set camera.fourcc to MJPG',
    ],
    [
      'more frames than it has at all',
      { fps: 60 },
      'warn: it offers 640×480 at no more than 30 frames a second, and 60 are asked for → set camera.fps to 30, or ask for a smaller picture',
    ],
  ])('%s', (_, more, expected) => expect(said(more)).toBe(expected))

  it('any size, as it names none', () => expect(said({}, '')).toMatch(/^pass: it names no sizes/))
})

describe('v4l2-ctl', () => {
  const { PATH } = process.env
  afterEach(() => {
    process.env.PATH = PATH
  })
  const { camera } = defaultConfig()
  /** Alone on the path, as a program that prints and ends so. */
  const installed = (script: string | null): void => {
    const folder = mkdtempSync(join(tmpdir(), 'kantukd-v4l2-'))
    if (script !== null) {
      writeFileSync(join(folder, 'v4l2-ctl'), `#!/bin/sh\n${script}\n`)
      chmodSync(join(folder, 'v4l2-ctl'), 0o755)
    }
    process.env.PATH = folder
  }

  it('is asked of the configured device', async () => {
    installed(`[ "$*" = "--device /dev/video0 --list-formats-ext" ] && echo "[0]: 'YUYV' (x)
Size: Discrete 640x480
Interval: Discrete 0.033s (30.000 fps)"`)
    expect(await formats(camera)).toMatchObject([{ status: 'pass', code: null }])
  })

  it('that is not installed is said, with the package', async () => {
    installed(null)
    expect(await formats(camera)).toMatchObject([{ status: 'warn', code: 'camera-unlisted', cure: 'sudo apt install v4l-utils' }])
  })

  it('that knows no such device leaves it to the look at the camera, and a ribbon camera is none of its', async () => {
    installed('exit 1')
    expect(await formats(camera)).toEqual([])
    expect(await formats({ ...camera, kind: 'csi' })).toEqual([])
  })
})
