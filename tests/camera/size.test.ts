import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { createSizeWatch, sizeFault } from '../../daemon/vision/camera/size.js'

const asked = { ...defaultConfig().camera, widthPx: 640, heightPx: 480 }

describe('the size of the pictures', () => {
  it('as it was asked for is no fault', () => expect(sizeFault(asked, { width: 640, height: 480 })).toBeNull())

  it('other than asked for is told with both sizes and the cure', () =>
    expect(sizeFault(asked, { width: 320, height: 240 })).toMatch(/320x240 px instead of 640x480 px.*camera\.widthPx/))

  it('of a camera that is mounted on its side is that of the upright picture', () => {
    expect(sizeFault({ ...asked, rotateDegrees: 90 }, { width: 480, height: 640 })).toBeNull()
    expect(sizeFault({ ...asked, rotateDegrees: 180 }, { width: 480, height: 640 })).toContain('480x640 px instead of 640x480 px')
  })

  it('of a recording is what it is', () => expect(sizeFault({ ...asked, kind: 'file' }, { width: 320, height: 240 })).toBeNull())

  it('that changes in the midst is a fault of the camera, by name', () => {
    const watch = createSizeWatch('/dev/video0')
    watch({ width: 640, height: 480 })
    watch({ width: 640, height: 480 })
    expect(() => watch({ width: 640, height: 360 })).toThrow(
      expect.objectContaining({
        code: 'camera-size',
        message: '/dev/video0 gives pictures of 640x360 px instead of 640x480 px; it is opened anew',
      }),
    )
  })
})
