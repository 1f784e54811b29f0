// One picture a second of a recording: node scripts/debian/each-second.cjs RECORDING FILE [ADDON]
// FILE: a recording that every processor decodes to the same bytes (FFV1, .avi); or -: this processor's bytes, blue, green, red, to stdout.
// ADDON: the compiled opencv4nodejs, where it is not this checkout's.
process.env.OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING = '1'
const fs = require('node:fs')
const [recording, file, addon = '../../node_modules/opencv4nodejs/build/Release/opencv4nodejs.node'] = process.argv.slice(2)
const cv = require(addon)

const video = new cv.VideoCapture(recording, cv.CAP_FFMPEG)
const fps = Math.round(video.get(cv.CAP_PROP_FPS))
const size = new cv.Size(video.get(cv.CAP_PROP_FRAME_WIDTH), video.get(cv.CAP_PROP_FRAME_HEIGHT))
const lossless = file === '-' ? null : new cv.VideoWriter(file, cv.VideoWriter.fourcc('FFV1'), 1, size)
for (let ordinal = 0; ; ordinal++) {
  const picture = video.read()
  if (picture.empty) break
  if (ordinal % fps === 0) {
    if (lossless === null) fs.writeFileSync(process.stdout.fd, picture.getData())
    else lossless.write(picture)
  }
  picture.release()
}
lossless?.release()
