/** The clock of durations and of frames: CLOCK_MONOTONIC, which all processes of a machine share, in milliseconds since the boot. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6
