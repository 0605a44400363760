{{- define "language.greet" -}}hello {{ .who | default "nobody" }}{{- end -}}
{{- define "language.outer" }}[{{ template "language.inner" . }}]{{ end }}
{{- define "language.inner" }}({{ . }}){{ end }}
{{- define "language.dollar" }}{{ with .a }}{{ $.b }}{{ end }}{{ end }}
{{- define "language.empty" }}   {{ end }}
{{- define "language.count" }}{{ if gt (int .) 0 }}{{ . }},{{ include "language.count" (sub (int .) 1) }}{{ end }}{{ end }}
