/** What the place of a camera must reach: for the doctor, and for the aim page. */

// README: mount the camera so that the eyes are at least 24 px wide, at most 30° off.
export const LEAST_EYE_PX = 24
export const MOST_OFF_DEGREES = 30
/** An eye fills half of its patch. */
export const EYE_PER_PATCH = 0.5

// Own, mean of the face, 0..255: below, lids are a few shades; above, skin and lids saturate.
export const DARK = 40
export const BRIGHT = 220

// Design, "Policy", last row: under 8 frames a second the state is degraded, under 15 blinks are not judged.
export const LEAST_FPS = 8
export const BLINK_FPS = 15
