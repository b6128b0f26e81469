/** Precedence of versions as Semantic Versioning 2.0.0 has it (section 11). */

const pattern = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/

export function isVersion(text: string): boolean {
  return pattern.test(text)
}

/** Below 0: `a` is older; above: newer. A text that is no version is older than any. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [pattern.exec(a), pattern.exec(b)]
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  for (const at of [1, 2, 3]) {
    const difference = Number(left[at]) - Number(right[at])
    if (difference !== 0) return difference
  }
  const [before, after] = [left[4]?.split('.') ?? [], right[4]?.split('.') ?? []]
  // One without a pre-release comes after all that have one.
  if (before.length === 0 || after.length === 0) return after.length - before.length
  for (let at = 0; at < Math.max(before.length, after.length); at += 1) {
    const [one, other] = [before[at], after[at]]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const [isNumber, otherIsNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)]
    if (isNumber && otherIsNumber && Number(one) !== Number(other)) return Number(one) - Number(other)
    if (isNumber !== otherIsNumber) return isNumber ? -1 : 1
    if (!isNumber && one !== other) return one < other ? -1 : 1
  }
  return 0
}
