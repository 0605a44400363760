{{- define "errors.deep" -}}
{{ .Values.missing.deeper }}
{{- end -}}
{{- define "errors.loop" -}}{{ include "errors.loop" . }}{{- end -}}
{{- define "errors.middle" -}}
  {{- include "errors.deep" . -}}
{{- end -}}
{{- define "errors.req" }}{{ required "nested need" .Values.missing }}{{ end }}
