import { NodeSDK } from '@opentelemetry/sdk-node';

// #region sdk
/** Starts the OpenTelemetry SDK; do it before the server starts. `shutdown` sends what is still there. */
export function startSdk(collector: string): NodeSDK {
  // a program sets these outside; see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
  Object.assign(process.env, {
    OTEL_SERVICE_NAME: 'observed-desk',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'none',
  });
  const sdk = new NodeSDK();
  sdk.start();
  return sdk;
}
// #endregion sdk
