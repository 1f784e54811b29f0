/** BlazeFace's raw outputs → candidate faces in the coordinates of its input. */

/** Six points, in the network's order; left and right are the person's own. */
const POINTS = ['rightEye', 'leftEye', 'noseTip', 'mouth', 'rightEar', 'leftEar'] as const

/** A face in 0..1 of the network's input; `points` are x, y in turn, in the order of POINTS. */
export type Candidate = { score: number; x: number; y: number; width: number; height: number; points: Float32Array }

/** Numbers a candidate: centre x, centre y, width, height, and six points. */
const VALUES = 16

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

/**
 * The candidates that reach a score. Scans the scores first, as raw logits, and allocates for the few that pass only.
 * @param regressors anchors × 16, px of the input, relative to the anchor
 * @param logits one an anchor
 * @param anchors as anchors.ts gives them
 * @param inputPx side of the network's input
 * @param minScore 0..1
 */
export const decode = (
  regressors: Float32Array,
  logits: Float32Array,
  anchors: Float32Array,
  inputPx: number,
  minScore: number,
): Candidate[] => {
  const minLogit = Math.log(minScore / (1 - minScore))
  const candidates: Candidate[] = []
  for (let anchor = 0; anchor < logits.length; anchor++) {
    const logit = logits[anchor] ?? 0
    if (logit < minLogit) continue
    const from = anchor * VALUES
    const anchorX = anchors[2 * anchor] ?? 0
    const anchorY = anchors[2 * anchor + 1] ?? 0
    const at = (value: number): number => (regressors[from + value] ?? 0) / inputPx
    const points = new Float32Array(2 * POINTS.length)
    for (let value = 0; value < points.length; value++) points[value] = at(4 + value) + (value % 2 === 0 ? anchorX : anchorY)
    candidates.push({ score: sigmoid(logit), x: at(0) + anchorX, y: at(1) + anchorY, width: at(2), height: at(3), points })
  }
  return candidates
}
