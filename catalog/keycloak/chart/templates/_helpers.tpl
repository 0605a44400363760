{{- define "keycloak.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "keycloak.labels" -}}
{{ include "keycloak.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- /* Of an image's values: its reference, by digest when there is one. */}}
{{- define "keycloak.image" -}}
{{- $name := printf "%s/%s" .registry .repository -}}
{{- if .digest -}}
{{ printf "%s@%s" $name .digest }}
{{- else -}}
{{ printf "%s:%s" $name .tag }}
{{- end -}}
{{- end }}

{{- define "keycloak.podSecurityContext" -}}
runAsNonRoot: true
seccompProfile: { type: RuntimeDefault }
{{- with .Values.podSecurityContext }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "keycloak.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "keycloak.scheduling" -}}
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

{{- /* Of a server's values: the rule that lets this pod call it. */}}
{{- define "keycloak.egress" -}}
- ports:
    - { protocol: TCP, port: {{ int64 .port }} }
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

{{- define "keycloak.secretName" -}}
{{ .Values.existingSecret | default .Release.Name }}
{{- end }}

{{- define "keycloak.serverSelector" -}}
{{ include "keycloak.selector" . }}
app.kubernetes.io/component: server
{{- end }}

{{- define "keycloak.clientsSelector" -}}
{{ include "keycloak.selector" . }}
app.kubernetes.io/component: clients
{{- end }}
