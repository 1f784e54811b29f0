/** What every camera must do, whatever stands behind it. */
import { describe, expect, it } from 'vitest'
import type { Camera } from '../../daemon/vision/camera/types.js'

export type CameraCase = {
  open(): Camera | Promise<Camera>
  /** A recording ends; a live camera does not. */
  ends: boolean
  /** Times lie on the monotonic clock, in real time. */
  live: boolean
}

export function cameraContract(name: string, { open, ends, live }: CameraCase): void {
  describe(`${name} as a camera`, () => {
    it('gives frames with a size, and times that only go forward', async () => {
      const camera = await open()
      const times: number[] = []
      for (let i = 0; i < 6; i++) {
        const frame = await camera.next()
        if (frame === null) throw new Error('the camera ended too early')
        times.push(frame.at)
        expect(frame.width).toBeGreaterThan(0)
        expect(frame.cutGray({ center: [40, 40], size: 40, roll: 0 }, 16).data).toHaveLength(256)
        frame.release()
      }
      expect(times.every((t, i) => i === 0 || t > (times[i - 1] ?? 0))).toBe(true)
      await camera.close()
    })

    it('says what it reads', async () => {
      const camera = await open()
      expect(camera.name).not.toBe('')
      await camera.close()
    })

    const onLive = live ? it : () => undefined
    onLive('dates frames by the monotonic clock', async () => {
      const camera = await open()
      const frame = await camera.next()
      const nowMs = Number(process.hrtime.bigint()) / 1e6
      expect(Math.abs(nowMs - (frame?.at ?? 0))).toBeLessThan(1000)
      frame?.release()
      await camera.close()
    })

    const onRecording = ends ? it : () => undefined
    onRecording('says null at its end, and again when asked again', async () => {
      const camera = await open()
      let frame = await camera.next()
      while (frame !== null) {
        frame.release()
        frame = await camera.next()
      }
      expect(await camera.next()).toBeNull()
      await camera.close()
    })
  })
}
