import type { Meter } from '@opentelemetry/api';
import { noticeInstruments } from './notices.js';
import { outboundLogInstruments } from './outbound-logs.js';
import { questionInstruments } from './questions.js';
import { requestInstruments } from './requests.js';
import { stateInstruments } from './state.js';

export type { ElicitAction } from './questions.js';
export type { RequestLabels, RequestOutcome } from './requests.js';
export type Instruments = ReturnType<typeof createInstruments>;

export function createInstruments(meter: Meter) {
  return {
    requests: requestInstruments(meter),
    questions: questionInstruments(meter),
    outboundLogs: outboundLogInstruments(meter),
    notices: noticeInstruments(meter),
    state: stateInstruments(meter),
  };
}
