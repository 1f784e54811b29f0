/** The GStreamer pipelines of ribbon cameras, as text: pure, so that real GStreamer can parse them in tests. */

export type CsiPlatform = 'pi' | 'jetson'
export type CsiFormat = { sensor: number; widthPx: number; heightPx: number; fps: number }

// One frame, the newest: a slow reader must not see the past.
const SINK = 'appsink drop=true max-buffers=1 sync=false'

const sources: Record<CsiPlatform, (format: CsiFormat) => string> = {
  // libcamera knows its cameras by name, not by number: on a Pi the first one is taken, whatever `sensor` says.
  pi: ({ widthPx, heightPx, fps }) =>
    `libcamerasrc ! video/x-raw,width=${widthPx},height=${heightPx},framerate=${fps}/1,format=NV12 ! videoconvert ! video/x-raw,format=BGR`,
  jetson: ({ sensor, widthPx, heightPx, fps }) =>
    `nvarguscamerasrc sensor-id=${sensor} ! video/x-raw(memory:NVMM),width=${widthPx},height=${heightPx},framerate=${fps}/1,format=NV12 ! ` +
    'nvvidconv ! video/x-raw,format=BGRx ! videoconvert ! video/x-raw,format=BGR',
}

/** The whole pipeline for OpenCV's GStreamer back end: BGR frames, the newest only. */
export const csiPipeline = (platform: CsiPlatform, format: CsiFormat): string => `${sources[platform](format)} ! ${SINK}`
