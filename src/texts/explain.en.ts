/** English words of `explain` and of the section Diagnosis: what was recognised, and why something cannot be read. */
export const explain = {
  /** What the material was taken for. */
  shapes: {
    http: 'an HTTP answer with its headers',
    'token-answer': 'the answer of a token endpoint',
    'token-error': 'an error text of the login service',
    jwt: 'a token, of which only the claims are read',
    'ews-xml': 'an answer of EWS',
    'autodiscover-xml': 'an answer of Autodiscover (XML)',
    'autodiscover-json': 'an answer of Autodiscover (JSON)',
    headers: 'header lines of an answer',
    certificate: 'a certificate chain',
    several: 'several things in one text',
  },
  recognised: 'Recognised as: {shape}.',
  recognisedRun: 'Recognised as: saved evidence of a run ({command}, {at}).',
  results: {
    nothingWrong: 'The text shows nothing that is wrong.',
    remarks: 'The text shows nothing that is wrong, with remarks.',
    wrong: 'The text shows what is wrong.',
    unclear:
      'The text ends with a question for a login (401), and the request is not in it. If no login was sent, that is the right answer. If one was sent, it was refused, and the cause shows only with the request (its Authorization line without the value is enough) or in a run of Test connection.',
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
      'The input was not recognised. Understood are saved evidence, HTTP answers with their headers, answers of a token endpoint, AADSTS texts, errors of MSAL, XML of EWS or Autodiscover, tokens (JWT), the headers x-ms-diagnostics and WWW-Authenticate, and PEM certificates.',
    terminal: 'Standard input is a terminal. Name a file, or pipe the text in.',
    htmlNotWritten: 'The report could not be written to {file} ({code}).',
  },
  page: {
    what: 'Paste what you have, or open a file: saved evidence, an HTTP answer with its headers, the JSON of a token endpoint, an AADSTS text, an error of MSAL, XML of EWS or Autodiscover, a token, a certificate chain, also several at once.',
    private: 'It is judged on this computer. Nothing is sent, and nothing is stored.',
    input: 'Text to judge',
    inputHint: 'Of a token only its claims are read; its signature is removed as soon as it is pasted.',
    file: 'File to judge',
    open: 'Open file …',
    judge: 'Diagnose',
    judging: 'Judging …',
    clear: 'Clear',
    cleared: 'Cleared. Nothing of it was kept.',
    drop: 'A file can be dropped anywhere here.',
    held: '{name} ({size})',
    heldPaste: 'Pasted text ({size})',
    kilobytes: '{value} KB',
    empty: 'What the text shows appears here, with its proof.',
    nothing: 'Paste a text first, or open a file.',
    unreadable: 'The file {name} cannot be read.',
    failed: 'The program did not answer. Try again; if it happens again, close the window and start EWS Setup anew.',
  },
}
