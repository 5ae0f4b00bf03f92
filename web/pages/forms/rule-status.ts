/** The step a reviewer usually takes next; the server decides what is allowed. */
export type RuleStatus = 'draft' | 'reviewed' | 'active' | 'retired'
const NEXT: Record<RuleStatus, RuleStatus> = {
  draft: 'reviewed',
  reviewed: 'active',
  active: 'retired',
  retired: 'draft',
}
export const nextStatus = (status: RuleStatus): RuleStatus => NEXT[status]
