/** The part of the frame in which a face is looked for. Nothing outside it reaches a detector; coordinates stay the frame's. */
import type { Area, Frame, Square } from '../pixels.js'
import type { Point } from './types.js'

/** Left upper corner and sides in shares of the frame's width and height, 0..1. */
export type RegionShares = { leftShare: number; topShare: number; widthShare: number; heightShare: number }

export const WHOLE: RegionShares = { leftShare: 0, topShare: 0, widthShare: 1, heightShare: 1 }

type Size = { width: number; height: number }

export interface SearchArea {
  /** In px of a frame of this size. */
  of(frame: Size): Area
  holds(point: Point, frame: Size): boolean
}

/** @param region in shares of the frame; what sticks out of the frame is left off */
export const searchArea = ({ leftShare, topShare, widthShare, heightShare }: RegionShares): SearchArea => {
  const of = ({ width, height }: Size): Area => {
    const left = Math.min(width - 1, Math.round(leftShare * width))
    const top = Math.min(height - 1, Math.round(topShare * height))
    return {
      left,
      top,
      right: Math.max(left + 1, Math.min(width, Math.round((leftShare + widthShare) * width))),
      bottom: Math.max(top + 1, Math.min(height, Math.round((topShare + heightShare) * height))),
    }
  }
  return {
    of,
    holds: ([x, y], frame) => {
      const { left, top, right, bottom } = of(frame)
      return x >= left && y >= top && x < right && y < bottom
    },
  }
}

/** The square that holds the area, with bars on two sides. */
export const areaSquare = ({ left, top, right, bottom }: Area): Square => ({
  center: [(left + right) / 2, (top + bottom) / 2],
  size: Math.max(right - left, bottom - top),
  roll: 0,
})

/** The frame as the detectors may see it: black outside the area. The very frame when the area is all of it. */
export const within = (frame: Frame, area: Area): Frame =>
  area.right - area.left === frame.width && area.bottom - area.top === frame.height
    ? frame
    : { ...frame, cutPlane: (square, side, plane) => frame.cutPlane(square, side, plane, area) }
