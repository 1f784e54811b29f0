/** One set of judged eyes as text, JSON and picture. */
import { roc } from './roc.js'
import { accuracy, balancedAccuracy, calibrationError, confusion, type Judged, precision, recall } from './scores.js'
import { picture } from './svg.js'
import { confusionTable, percent, summary } from './tables.js'

const hasBoth = (judged: readonly Judged[]): boolean => judged.some((each) => each.closed) && judged.some((each) => !each.closed)

/** Figures of one set, as written to figures.json. Shares 0..1; null where one class is missing. */
export const figuresOf = (judged: readonly Judged[]) => {
  const curve = hasBoth(judged) ? roc(judged) : null
  return {
    eyes: judged.length,
    accuracy: accuracy(judged),
    balancedAccuracy: balancedAccuracy(judged),
    precision: precision(judged),
    recall: recall(judged),
    confusion: confusion(judged),
    calibrationError: calibrationError(judged),
    rocArea: curve?.area ?? null,
    bestThreshold: curve?.best.threshold ?? null,
    accuracyAtBest: curve === null ? null : accuracy(judged, curve.best.threshold),
  }
}

/** A few lines of Markdown. */
export const textOf = (judged: readonly Judged[]): string => {
  const { precision: exact, recall: found, rocArea, bestThreshold, accuracyAtBest } = figuresOf(judged)
  const curve =
    rocArea === null || bestThreshold === null || accuracyAtBest === null
      ? ''
      : `; ROC area ${rocArea.toFixed(4)}, rates furthest apart at ${bestThreshold.toFixed(2)} (${percent(accuracyAtBest)} right there)`
  return `${summary(judged)}; of those called closed ${percent(exact)} are, of the closed ${percent(found)} are found${curve}\n\n${confusionTable(judged)}`
}

export const pictureOf = (title: string, judged: readonly Judged[]): string => picture(title, judged, hasBoth(judged) ? roc(judged) : null)
