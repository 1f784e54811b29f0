/** Boards that kantukd is for, and what their cores can do in a second. */

export type Board = {
  name: string
  core: string
  gigahertz: number
  /** Instructions that the core can decode in a cycle: more it cannot run for long. */
  width: number
}

// Sources: Raspberry Pi's product briefs of the 4 and 5 and NVIDIA's data sheet of the Orin Nano, for clocks; Arm's optimisation guides of the
// Cortex-A72, A76 and A78AE, for widths.
export const BOARDS: readonly Board[] = [
  { name: 'Raspberry Pi 4', core: 'Cortex-A72', gigahertz: 1.8, width: 3 },
  { name: 'Raspberry Pi 5', core: 'Cortex-A76', gigahertz: 2.4, width: 4 },
  { name: 'Jetson Orin Nano', core: 'Cortex-A78AE', gigahertz: 1.5, width: 4 },
]

// Own: code like this, products of vectors out of caches, keeps a third to two thirds of a core's width busy; what waits for memory is slower still.
const BUSY = { most: 2 / 3, likely: 1 / 2, least: 1 / 3 } as const

/** Milliseconds that so many instructions take on one core of a board: likely, and between which bounds. */
export const estimateMs = (instructions: number, { gigahertz, width }: Board): { likely: number; least: number; most: number } => {
  const ms = (busy: number): number => instructions / (gigahertz * 1e6 * width * busy)
  return { likely: ms(BUSY.likely), least: ms(BUSY.most), most: ms(BUSY.least) }
}
