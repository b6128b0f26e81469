/** English words of the terminal face. */
export const terminal = {
  headings: {
    findings: 'Findings',
  },
  results: {
    works: 'It works.',
    worksWithRemarks: 'It works, with remarks.',
    fails: 'It does not work.',
    budgetSpent: 'Stopped: the time was over before there was a verdict.',
    cancelled: 'Cancelled.',
  },
  labels: {
    ewsUrl: 'EWS URL',
    source: 'Source',
    login: 'Login',
    server: 'Server',
    version: 'EWS version',
  },
}
