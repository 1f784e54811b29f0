/** Figures over many judged patches. A logit is positive for closed; a probability is of closed. */

/** One judged patch: what it is, and what the model said. */
export type Judged = { closed: boolean; probability: number; visible: number }

export type Confusion = {
  closedAsClosed: number
  closedAsOpen: number
  closedAsUnseen: number
  openAsOpen: number
  openAsClosed: number
  openAsUnseen: number
}

// Source: design.md: an eye is seen when visible is 0.5 or more.
const SEEN_FROM = 0.5

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

export const isUnseen = ({ visible }: Judged): boolean => visible < SEEN_FROM

/** Whether the patch is judged right; one called unseen is not. */
export const isRight = (judged: Judged, threshold = 0.5): boolean => !isUnseen(judged) && judged.probability >= threshold === judged.closed

export const confusion = (judged: readonly Judged[], threshold = 0.5): Confusion => {
  const counts = { closedAsClosed: 0, closedAsOpen: 0, closedAsUnseen: 0, openAsOpen: 0, openAsClosed: 0, openAsUnseen: 0 }
  for (const each of judged) {
    const called = isUnseen(each) ? 'Unseen' : each.probability >= threshold ? 'Closed' : 'Open'
    counts[`${each.closed ? 'closed' : 'open'}As${called}` as const]++
  }
  return counts
}

/** Share judged right, 0..1. */
export const accuracy = (judged: readonly Judged[], threshold = 0.5): number =>
  judged.filter((each) => isRight(each, threshold)).length / judged.length

/** Mean of the shares judged right among closed and among open; a class that is not there counts as the other. */
export const balancedAccuracy = (judged: readonly Judged[]): number => {
  const shares = [true, false].flatMap((closed) => {
    const one = judged.filter((each) => each.closed === closed)
    return one.length > 0 ? [accuracy(one)] : []
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

/** Of those called closed, the share that is; NaN when none was called closed. */
export const precision = (judged: readonly Judged[], threshold = 0.5): number => {
  const { closedAsClosed, openAsClosed } = confusion(judged, threshold)
  return closedAsClosed / (closedAsClosed + openAsClosed)
}

/** Of the closed, the share called closed. */
export const recall = (judged: readonly Judged[], threshold = 0.5): number => {
  const { closedAsClosed, closedAsOpen, closedAsUnseen } = confusion(judged, threshold)
  return closedAsClosed / (closedAsClosed + closedAsOpen + closedAsUnseen)
}

/** Mean cross-entropy of logits with their labels, after division by the temperature. */
export const crossEntropy = (logits: Float32Array, closed: readonly boolean[], temperature: number): number => {
  let sum = 0
  for (let at = 0; at < logits.length; at++) {
    const logit = (logits[at] ?? 0) / temperature
    sum += Math.max(logit, 0) - (closed[at] === true ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit)))
  }
  return sum / logits.length
}

/** The temperature of least cross-entropy (Guo et al. 2017), by golden section on its logarithm within 0.2..5. */
export const fitTemperature = (logits: Float32Array, closed: readonly boolean[]): number => {
  const golden = (Math.sqrt(5) - 1) / 2
  let low = Math.log(0.2)
  let high = Math.log(5)
  for (let round = 0; round < 40; round++) {
    const left = high - golden * (high - low)
    const right = low + golden * (high - low)
    if (crossEntropy(logits, closed, Math.exp(left)) < crossEntropy(logits, closed, Math.exp(right))) high = right
    else low = left
  }
  return Math.exp((low + high) / 2)
}

/** Expected calibration error over `bins` equal bins of the probability of closed, 0..1 (Guo et al. 2017). */
export const calibrationError = (judged: readonly Judged[], bins = 15): number => {
  const cells = Array.from({ length: bins }, () => ({ count: 0, closed: 0, probability: 0 }))
  for (const { closed, probability } of judged) {
    const cell = cells[Math.min(bins - 1, Math.floor(probability * bins))]
    if (cell === undefined) continue
    cell.count++
    cell.closed += closed ? 1 : 0
    cell.probability += probability
  }
  return cells.reduce((sum, { closed, probability }) => sum + Math.abs(closed - probability), 0) / judged.length
}
