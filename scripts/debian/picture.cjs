// The 20th picture of a recording as a file: node scripts/debian/picture.cjs RECORDING PICTURE
process.env.OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING = '1'
const cv = require('../../node_modules/opencv4nodejs/build/Release/opencv4nodejs.node')

const [recording, picture] = process.argv.slice(2)
const video = new cv.VideoCapture(recording)
for (let frame = 1; frame < 20; frame++) video.read().release()
cv.imwrite(picture, video.read())
