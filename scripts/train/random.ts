/** A seeded source of numbers: the same seed gives the same training run's draws. */

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** Integer 0..below-1. */
  below(below: number): number
  /** Normal with mean 0 and deviation 1 (sum of four uniforms: cheap, and bounded at ±3.5). */
  normal(): number
}

/** Source: mulberry32 (Tommy Ettinger, public domain); 32 bits of state are plenty for augmentation. */
export const seeded = (seed: number): Random => {
  let state = seed >>> 0
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    chance: (probability) => uniform() < probability,
    below: (below) => Math.floor(uniform() * below),
    // The sum of four uniforms has variance 4/12.
    normal: () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3),
  }
}

/** Shuffles in place (Fisher–Yates). */
export const shuffle = (values: number[], random: Random): void => {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = values[last] ?? 0
    values[last] = values[other] ?? 0
    values[other] = kept
  }
}
