/** Why a figure of the last minutes is withheld. */
export const withheldReasons = ['too-early', 'too-little-seen', 'too-few-frames'] as const

export type Withheld = (typeof withheldReasons)[number]
