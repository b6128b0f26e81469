/** English words of `explain`: what was recognised, and why something cannot be read. */
export const explain = {
  /** What the material was taken for. */
  shapes: {
    http: 'an HTTP answer',
    'token-answer': 'the answer of a token endpoint',
    'token-error': 'an error text of the login service',
    jwt: 'a token, of which only the claims are read',
    'ews-xml': 'an answer of EWS',
    'autodiscover-xml': 'an answer of Autodiscover (XML)',
    'autodiscover-json': 'an answer of Autodiscover (JSON)',
    headers: 'header lines of an answer',
    certificate: 'a certificate chain',
  },
  recognised: 'Recognised: {shape}.',
  results: {
    nothingWrong: 'The text shows nothing that is wrong.',
    remarks: 'The text shows nothing that is wrong, with remarks.',
    wrong: 'The text shows what is wrong.',
  },
  /** Why nothing could be judged. */
  refusals: {
    notFound: 'The file {file} does not exist.',
    notReadable: 'The file {file} cannot be read ({code}).',
    tooLarge: 'The input is larger than {limit}. Saved evidence and pasted answers are smaller.',
    newer:
      'The evidence was saved by a newer version of this program: its schema is {schema}, and this version knows schemas up to {known}. Use the newer version.',
    damaged: 'This is evidence of this program, but it is cut off or was changed. Save it again.',
    unknown:
      'The input was not recognised. Understood are saved evidence, HTTP answers with their headers, answers of a token endpoint, AADSTS texts, errors of MSAL, XML of EWS or Autodiscover, tokens (JWT), x-ms-diagnostics headers and PEM certificates.',
    terminal: 'Standard input is a terminal. Name a file, or pipe the text in.',
  },
} as const
