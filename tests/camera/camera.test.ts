import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../daemon/config/index.js'
import { openCsiCamera } from '../../daemon/vision/camera/csi.js'
import { type FileOptions, forwardClock, openFileCamera } from '../../daemon/vision/camera/file.js'
import { liveCamera } from '../../daemon/vision/camera/live.js'
import { csiPipeline } from '../../daemon/vision/camera/pipeline.js'
import { readScript, scriptedCamera } from '../../daemon/vision/camera/scripted.js'
import { type Camera, CameraError } from '../../daemon/vision/camera/types.js'
import { openUsbCamera } from '../../daemon/vision/camera/usb.js'
import { opencv } from '../../daemon/vision/opencv.js'
import { cameraContract } from './contract.js'
import { numberOf, writeRecording } from './recording.js'

const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-camera-'))
afterAll(() => rmSync(folder, { recursive: true }))
const recording = path.join(folder, 'numbers.avi')
writeRecording(recording)

const UPRIGHT = { rotateDegrees: 0, mirror: false } as const
const file = (options: Partial<FileOptions> = {}) =>
  openFileCamera({
    path: recording,
    loop: false,
    realtime: false,
    clock: options.realtime ? 'monotonic' : 'recording',
    ...UPRIGHT,
    ...options,
  })

/** A camera that real GStreamer runs: what a ribbon camera's pipeline becomes without its hardware. */
function testPattern(pipeline: string): Camera {
  const cv = opencv()
  return liveCamera(new cv.VideoCapture(pipeline, cv.CAP_GSTREAMER), 'test pattern', UPRIGHT)
}

const faultOf = (deed: () => unknown): CameraError => {
  try {
    deed()
  } catch (fault) {
    if (fault instanceof CameraError) return fault
    throw fault
  }
  throw new Error('it did not fail')
}

const LIVE =
  'videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=30/1 ! videoconvert ! video/x-raw,format=BGR ! appsink drop=true max-buffers=1'
cameraContract('a recording', { open: () => file(), ends: true, live: false })
cameraContract('a recording in real time', { open: () => file({ realtime: true }), ends: true, live: true })
cameraContract('a recording in a loop', { open: () => file({ loop: true }), ends: false, live: false })
cameraContract('a script', { open: () => scriptedCamera({ fps: 30, steps: [{ gray: 90, seconds: 1 }] }, folder), ends: true, live: true })
cameraContract('a live source', { open: () => testPattern(LIVE), ends: false, live: true })

async function brightnesses(camera: Camera, count: number): Promise<number[]> {
  const seen: number[] = []
  for (let i = 0; i < count; i++) {
    const frame = await camera.next()
    if (frame === null) break
    seen.push(numberOf(frame.light({ center: [48, 32], size: 40, roll: 0 }).brightness))
    frame.release()
  }
  await camera.close()
  return seen
}

describe('a recording', () => {
  it('gives every frame once, in order, at its own time', async () => {
    expect(await brightnesses(file(), 20)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('counts from its start for a replay, and from the monotonic clock for the daemon, whatever its pace', async () => {
    for (const [clock, fromMs] of [
      ['recording', 0],
      ['monotonic', Number(process.hrtime.bigint()) / 1e6],
    ] as const) {
      const camera = file({ clock })
      const frame = await camera.next()
      expect((frame?.at ?? 0) - fromMs).toBeGreaterThanOrEqual(0)
      expect((frame?.at ?? 0) - fromMs).toBeLessThan(1000)
      frame?.release()
      await camera.close()
    }
  })

  it('says how many frames it should hold', async () => {
    const camera = file()
    expect(camera.statedFrames).toBe(12)
    await camera.close()
  })

  it('begins again in a loop, and its time goes on', async () => {
    expect((await brightnesses(file({ loop: true }), 14)).slice(11)).toEqual([11, 0, 1])
  })

  it('says so when its file was taken away between two rounds', async () => {
    const short = path.join(folder, 'taken.avi')
    copyFileSync(recording, short)
    const camera = file({ path: short, loop: true })
    for (let n = 0; n < 12; n++) (await camera.next())?.release()
    rmSync(short)
    await expect(camera.next()).rejects.toMatchObject({ code: 'camera-missing' })
  })

  it('drops frames in real time when its reader is slow', async () => {
    const camera = file({ realtime: true })
    ;(await camera.next())?.release()
    await sleep(260)
    const frame = await camera.next()
    expect(numberOf(frame?.light({ center: [48, 32], size: 40, roll: 0 }).brightness ?? 0)).toBeGreaterThanOrEqual(4)
    frame?.release()
    await camera.close()
  })

  it('is turned upright and unmirrored as it is mounted', async () => {
    const camera = file({ rotateDegrees: 90, mirror: true })
    const frame = await camera.next()
    expect([frame?.width, frame?.height]).toEqual([64, 96])
    frame?.release()
    await camera.close()
  })

  it('names a file that is not there, and one that is no video', async () => {
    expect(faultOf(() => file({ path: '/nowhere/drive.mp4' }))).toMatchObject({
      code: 'camera-missing',
      message: expect.stringContaining('/nowhere/drive.mp4'),
    })
    const text = path.join(folder, 'text.mp4')
    writeFileSync(text, 'this is no video')
    expect(faultOf(() => file({ path: text }))).toMatchObject({ code: 'camera-refused', message: expect.stringContaining(text) })
  })
})

describe('the clock of a recording', () => {
  it('goes on at the frame rate where OpenCV says 0 for the last frames', () => {
    const clock = forwardClock(20)
    expect([0, 50, 100, 0, 0].map(clock)).toEqual([0, 50, 100, 150, 200])
  })
})

describe('a script', () => {
  it('fails as an unplugged camera does', async () => {
    const camera = scriptedCamera({ fps: 60, steps: [{ gray: 10, seconds: 0.02 }, { fault: 'unplugged' }] }, folder)
    ;(await camera.next())?.release()
    await expect(camera.next()).rejects.toMatchObject({ code: 'camera-lost' })
  })

  it('that is half written is refused with its place', () => {
    const script = path.join(folder, 'script.json')
    writeFileSync(script, '{ "fps": 15, "steps": [{ "fault": "explode" }] }')
    expect(faultOf(() => readScript(script))).toMatchObject({ code: 'camera-script', message: expect.stringContaining(script) })
  })
})

describe('a live source', () => {
  it('gives the newest frame to a slow reader, never an old one', async () => {
    const camera = testPattern(LIVE)
    ;(await camera.next())?.release()
    await sleep(300)
    const frame = await camera.next()
    expect(Number(process.hrtime.bigint()) / 1e6 - (frame?.at ?? 0)).toBeLessThan(150)
    frame?.release()
    await camera.close()
  })
})

describe('a ribbon camera', () => {
  const profile = (name: string) => loadConfig(path.join(import.meta.dirname, '../../config', name)).config.camera
  const cameras = [
    { platform: 'pi', camera: profile('pi-csi.yaml') },
    { platform: 'jetson', camera: profile('jetson-csi.yaml') },
  ] as const
  const pipelineOf = ({ platform, camera }: (typeof cameras)[number]) => csiPipeline(platform, { ...camera, ...camera.csi })

  // The hardware's elements stand in for: a source of the same caps, and a converter in ordinary memory.
  const standIn = (pipeline: string) =>
    pipeline
      .replace(/libcamerasrc|nvarguscamerasrc sensor-id=\d/, 'videotestsrc is-live=true')
      .replace('(memory:NVMM)', '')
      .replace('nvvidconv', 'videoconvert')

  it.each(cameras)(
    'on $platform has a pipeline in its profile that real GStreamer parses and runs, but for the hardware’s own elements',
    async (one) => {
      const camera = testPattern(standIn(pipelineOf(one)))
      const frame = await camera.next()
      expect([frame?.width, frame?.height]).toEqual([one.camera.widthPx, one.camera.heightPx])
      frame?.release()
      await camera.close()
    },
  )

  const hasGstLaunch = spawnSync('gst-launch-1.0', ['--version']).status === 0
  it.skipIf(!hasGstLaunch)('on jetson asks for frames in memory of the GPU, in words that real GStreamer understands', () => {
    const caps = / ! (video\/x-raw\(memory:NVMM\)[^!]+) ! nvvidconv/.exec(pipelineOf(cameras[1]))?.[1] ?? 'none'
    const told = spawnSync('gst-launch-1.0', ['-q', 'fakesrc', 'num-buffers=1', '!', caps, '!', 'fakesink'], {
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect([told.status, told.stderr]).toEqual([0, ''])
  })
})

describe('a ribbon camera whose GStreamer plugin is not installed', () => {
  it.each(['pi', 'jetson'] as const)('is named on %s, with the package to install, instead of hanging', (platform) => {
    const fault = faultOf(() => openCsiCamera({ platform, sensor: 0, widthPx: 640, heightPx: 480, fps: 30, ...UPRIGHT }))
    expect(fault).toMatchObject({ code: 'camera-missing', message: expect.stringContaining('apt install') })
  })
})

describe('a webcam', () => {
  it('that is not plugged in is named, with what is there instead', () => {
    const fault = faultOf(() => openUsbCamera({ device: '/dev/video99', widthPx: 640, heightPx: 480, fps: 30, fourcc: null, ...UPRIGHT }))
    expect(fault).toMatchObject({ code: 'camera-missing', message: expect.stringContaining('/dev/video99') })
  })

  it('that is no camera is refused', () => {
    const fault = faultOf(() => openUsbCamera({ device: '/dev/null', widthPx: 640, heightPx: 480, fps: 30, fourcc: null, ...UPRIGHT }))
    expect(fault).toMatchObject({ code: 'camera-refused', message: expect.stringContaining('/dev/null') })
  })
})
