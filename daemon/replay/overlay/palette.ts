/** The overlay's colours: blue, green, red, a byte each. */
import type { Level } from '../../judgement/decision.js'
import type { Verdict } from '../../judgement/index.js'

export type Colour = readonly [blue: number, green: number, red: number]

export const WHITE: Colour = [255, 255, 255]
export const BLACK: Colour = [0, 0, 0]
export const GROUND: Colour = [38, 34, 32]
export const FAINT: Colour = [92, 86, 82]
export const GRAY: Colour = [150, 145, 140]

const GREEN: Colour = [60, 160, 40]
const RED: Colour = [40, 40, 215]

export const ofEyes: Record<Verdict['eyes'], Colour> = { open: GREEN, closed: RED, unseen: [120, 112, 106] }

/** The same, as the ground of a timeline on which closure rises. */
export const groundOf: Record<Verdict['eyes'], Colour> = { open: [30, 62, 22], closed: [30, 30, 80], unseen: ofEyes.unseen }

/** From yellow over orange and red to magenta, by urgency; level 0 is the ground. */
export const ofLevel: Record<Level, Colour> = { 0: GROUND, 1: [30, 180, 220], 2: [20, 120, 245], 3: RED, 4: [190, 40, 200] }

export const levelNames: Record<Level, string> = { 0: 'clear', 1: 'NOTICE', 2: 'WARN', 3: 'ALARM', 4: 'EMERGENCY' }
