/** A ribbon camera through OpenCV's GStreamer back end: libcamera on a Raspberry Pi, Argus on a Jetson. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { opencv } from '../opencv.js'
import { liveCamera } from './live.js'
import type { Mounting } from './orient.js'
import { type CsiFormat, type CsiPlatform, csiPipeline } from './pipeline.js'
import { type Camera, CameraError } from './types.js'

export type CsiOptions = CsiFormat & { platform: CsiPlatform | 'auto' } & Mounting

// Every JetPack ships this file; nothing else does.
const JETSON_MARK = '/etc/nv_tegra_release'

const PLUGINS: Record<CsiPlatform, { file: string; cure: string }> = {
  pi: { file: 'libgstlibcamera.so', cure: 'apt install gstreamer1.0-libcamera' },
  jetson: { file: 'libgstnvarguscamerasrc.so', cure: "apt install nvidia-l4t-gstreamer, from NVIDIA's repository" },
}

// Debian's names for the processors that kantukd runs on.
const TRIPLETS: Partial<Record<NodeJS.Architecture, string>> = { arm64: 'aarch64-linux-gnu', x64: 'x86_64-linux-gnu' }

/** OpenCV hangs for good on a pipeline whose source does not exist: looked for beforehand. */
function requirePlugin(platform: CsiPlatform): void {
  const { file, cure } = PLUGINS[platform]
  const system = `/usr/lib/${TRIPLETS[process.arch] ?? process.arch}/gstreamer-1.0`
  const folders = [...(process.env.GST_PLUGIN_PATH ?? '').split(':').filter((folder) => folder !== ''), system]
  if (folders.some((folder) => existsSync(path.join(folder, file)))) return
  throw new CameraError(
    'camera-missing',
    `a ribbon camera on ${platform} needs the GStreamer plugin ${file}, which is not in ${folders.join(', ')}: ${cure}`,
  )
}

/**
 * @throws CameraError `camera-missing` when GStreamer's plugin for it is not installed, `camera-refused` when GStreamer cannot start the pipeline
 */
export function openCsiCamera(options: CsiOptions): Camera {
  const platform = options.platform === 'auto' ? (existsSync(JETSON_MARK) ? 'jetson' : 'pi') : options.platform
  requirePlugin(platform)
  const pipeline = csiPipeline(platform, options)
  const cv = opencv()
  let capture: InstanceType<typeof cv.VideoCapture>
  try {
    capture = new cv.VideoCapture(pipeline, cv.CAP_GSTREAMER)
  } catch (fault) {
    const cure = platform === 'pi' ? 'does `cam --list` show it?' : 'does nvgstcapture-1.0 show a picture?'
    throw new CameraError(
      'camera-refused',
      `the ribbon camera cannot be started on ${platform}: ${cure} The pipeline was: ${pipeline}`,
      fault,
    )
  }
  return liveCamera(capture, `ribbon camera ${options.sensor} (${platform}) ${options.widthPx}x${options.heightPx}`, options)
}
