/** `npm run demo`: the daemon itself, on a driver drawn by code (or a webcam, or a recording), with a broker inside and the terminal for buzzer and light. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Config, defaultConfig } from '../../daemon/config/index.js'
import { createLogger } from '../../daemon/log.js'
import { startDaemon } from '../../daemon/main.js'
import { shippedModel } from '../../daemon/vision/models.js'
import { startBroker } from './broker.js'
import { makeRecording } from './recording.js'
import { createScreen } from './screen.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

// Enough for judging, and drawn twice as fast as 30 would be.
const DRAWN_FPS = 15

const screen = createScreen((text) => process.stdout.write(text))

/** Draws the recording, with a line of progress; instantly when it was drawn before. */
async function drawnDriver(): Promise<string> {
  const file = path.join(root, '.cache/demo/driver.avi')
  const drawn = (done: number, of: number) => {
    if (done % 25 === 0 || done === of) screen.say(`  drawing the driver: ${done} of ${of} pictures`)
  }
  await makeRecording(file, { fps: DRAWN_FPS, onProgress: drawn })
  return file
}

/** Which camera, from the arguments; null when they make no sense, which has then been said. */
async function chooseCamera(): Promise<Config['camera'] | null> {
  const { camera } = defaultConfig()
  let values: { camera?: string | undefined; video?: string | undefined }
  try {
    values = parseArgs({ options: { camera: { type: 'string' }, video: { type: 'string' } } }).values
  } catch (fault) {
    process.stderr.write(`demo: ${fault instanceof Error ? fault.message : String(fault)}; there are --camera DEVICE and --video FILE\n`)
    return null
  }
  for (const [option, name] of Object.entries(values)) {
    if (name === undefined || existsSync(name)) continue
    process.stderr.write(`demo: --${option} ${name}: there is no such ${option === 'camera' ? 'device; look at ls /dev/video*' : 'file'}\n`)
    return null
  }
  if (values.camera !== undefined) return { ...camera, kind: 'usb', device: values.camera }
  const file = values.video === undefined ? await drawnDriver() : path.resolve(values.video)
  return { ...camera, kind: 'file', file: { path: file, loop: false, realtime: true } }
}

/** Runs to the end of the recording, or until Ctrl-C. @returns what cannot be used, or null */
async function demonstrate(camera: Config['camera']): Promise<string | null> {
  const broker = await startBroker()
  const config: Config = {
    ...defaultConfig(),
    camera,
    alarm: { ...defaultConfig().alarm, output: 'none' },
    fleet: { ...defaultConfig().fleet, url: broker.url },
  }
  broker.onPublish((topic, payload) => {
    if (topic.endsWith('/alert')) screen.message(topic, payload)
  })
  const log = createLogger({ level: 'error', format: 'pretty' }, process.stderr)
  const daemon = await startDaemon({
    config,
    modelOf: ({ kind }) => shippedModel(kind),
    log,
    simulated: camera.kind === 'file',
    recordDir: null,
    onVerdict: screen.verdict,
    workerFile: path.join(root, 'dist/vision/worker.js'),
  })
  const interrupted = new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  const fault = await Promise.race([daemon.ended.then(() => null), interrupted.then(() => null)]).catch((thrown: unknown) => String(thrown))
  await daemon.stop()
  await broker.close()
  return fault
}

const camera = await chooseCamera()
if (camera === null) {
  process.exitCode = 2
} else {
  screen.say(`\nkantukd watches ${camera.kind === 'usb' ? camera.device : camera.file.path}. Buzzer, light and broker are this terminal.\n`)
  const fault = await demonstrate(camera)
  if (fault !== null) {
    process.stderr.write(`demo: ${fault}\n`)
    process.exitCode = 2
  } else
    screen.say(`
That was the whole chain: camera, eyes, MobileNetV2, judgement, alarm, MQTT. How to go on:
  your webcam            npm run demo -- --camera /dev/video0
  your recording         npm run demo -- --video drive.mp4
  see what it saw        npx kantukd replay drive.mp4 --overlay seen.mp4
  your broker, your pins edit a copy of config/laptop.yaml, then: npx kantukd check-config my.yaml && npx kantukd run -c my.yaml
`)
}
