/** A ribbon camera through OpenCV's GStreamer back end: libcamera on a Raspberry Pi, Argus on a Jetson. */
import { existsSync } from 'node:fs'
import { opencv } from '../opencv.js'
import { liveCamera } from './live.js'
import type { Mounting } from './orient.js'
import { type CsiFormat, type CsiPlatform, csiPipeline } from './pipeline.js'
import { type Camera, CameraError } from './types.js'

export type CsiOptions = CsiFormat & { platform: CsiPlatform | 'auto' } & Mounting

// Every JetPack ships this file; nothing else does.
const JETSON_MARK = '/etc/nv_tegra_release'

/**
 * @throws CameraError `camera-refused` when GStreamer cannot start the pipeline
 */
export function openCsiCamera(options: CsiOptions): Camera {
  const platform = options.platform === 'auto' ? (existsSync(JETSON_MARK) ? 'jetson' : 'pi') : options.platform
  const pipeline = csiPipeline(platform, options)
  const cv = opencv()
  let capture: InstanceType<typeof cv.VideoCapture>
  try {
    capture = new cv.VideoCapture(pipeline, cv.CAP_GSTREAMER)
  } catch (fault) {
    const cure =
      platform === 'pi' ? 'is gstreamer1.0-libcamera installed and does `cam --list` show it?' : 'does nvgstcapture-1.0 show a picture?'
    throw new CameraError(
      'camera-refused',
      `the ribbon camera cannot be started on ${platform}: ${cure} The pipeline was: ${pipeline}`,
      fault,
    )
  }
  return liveCamera(capture, `ribbon camera ${options.sensor} (${platform}) ${options.widthPx}x${options.heightPx}`, options)
}
