/** Where /healthz and /metrics are served and asked: by this machine only. */
export const HEALTH_HOST = '127.0.0.1'
