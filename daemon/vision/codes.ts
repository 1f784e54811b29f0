/** Why the vision process ended, or does not: the codes of every error that reaches its border, and what its parent sees. */
import { cameraErrorCodes } from './camera/types.js'
import { classifierErrorCodes } from './classify/errors.js'
import { locatorErrorCodes } from './locate/errors.js'
import { opencvErrorCodes } from './opencv.js'
import { recordedErrorCodes } from './recorded.js'

export const visionCodes = [
  ...cameraErrorCodes,
  ...classifierErrorCodes,
  ...locatorErrorCodes,
  ...opencvErrorCodes,
  ...recordedErrorCodes,
  /** Said of it by its parent: it was killed and does not end, since a driver holds it in the kernel. */
  'vision-stuck',
  /** Something nobody foresaw. */
  'vision-failed',
] as const

export type VisionCode = (typeof visionCodes)[number]

/** Why there are no eyes where the vision process told nothing: it has not begun yet; it is silent, for less time than it is given; it died or hung. */
export const absenceCodes = ['vision-starting', 'vision-silent', 'vision-ended'] as const

export type Absence = VisionCode | (typeof absenceCodes)[number]

const ofProgram: ReadonlySet<VisionCode> = new Set([...classifierErrorCodes, ...locatorErrorCodes, 'opencv-missing'])

/** Whether the fault lies with what was installed, a model or a native part, and not with what is looked at. */
export const isOfProgram = (code: VisionCode): boolean => ofProgram.has(code)

const known: ReadonlySet<unknown> = new Set(visionCodes)
const isVisionCode = (code: unknown): code is VisionCode => known.has(code)

/** The code of whatever was thrown. */
export const visionCodeOf = (fault: unknown): VisionCode =>
  fault instanceof Error && 'code' in fault && isVisionCode(fault.code) ? fault.code : 'vision-failed'
