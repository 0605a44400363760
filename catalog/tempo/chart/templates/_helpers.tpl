{{- define "tempo.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tempo.labels" -}}
{{ include "tempo.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- /* Of an image's values: its reference, by digest when there is one. */}}
{{- define "tempo.image" -}}
{{- $name := printf "%s/%s" .registry .repository -}}
{{- if .digest -}}
{{ printf "%s@%s" $name .digest }}
{{- else -}}
{{ printf "%s:%s" $name .tag }}
{{- end -}}
{{- end }}

{{- define "tempo.podSecurityContext" -}}
runAsNonRoot: true
seccompProfile: { type: RuntimeDefault }
{{- with .Values.podSecurityContext }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "tempo.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "tempo.scheduling" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Of a server's values with a `url`: the rule that lets this pod call it. */}}
{{- define "tempo.egress" -}}
{{- $address := urlParse .url -}}
{{- $port := ternary "443" "80" (eq $address.scheme "https") -}}
{{- if regexMatch ":[0-9]+$" $address.host }}{{ $port = regexFind "[0-9]+$" $address.host }}{{ end -}}
- ports:
    - { protocol: TCP, port: {{ $port }} }
  {{- if .instance }}
  to:
    - podSelector:
        matchLabels:
          app.kubernetes.io/instance: {{ .instance }}
      {{- with .namespace }}
      namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ . }}
      {{- end }}
  {{- end }}
{{- end }}
