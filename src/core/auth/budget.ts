/** The logon budget: after one definite refusal, an account's password is not sent again in this run. */
export type LogonBudget = {
  mayTry(account: string): boolean
  refused(account: string): void
}

export function createLogonBudget(): LogonBudget {
  const spent = new Set<string>()
  return {
    mayTry: (account) => !spent.has(account.toLowerCase()),
    refused: (account) => spent.add(account.toLowerCase()),
  }
}
