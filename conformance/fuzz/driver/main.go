// Answers what Helm makes of a template, of a --set text and of a YAML text: one JSON line in, one out, in the same order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/cli/values"
	"helm.sh/helm/v4/pkg/engine"
	"sigs.k8s.io/yaml"
)

// question is one case. Kind says which of the fields count.
type question struct {
	Kind string `json:"kind"`
	// Text is a template, a --set text or a YAML text.
	Text string `json:"text"`
	// Values is the YAML that a template sees, or what a --set text is laid on.
	Values string `json:"values"`
}

type answer struct {
	Output string `json:"output"`
	Error  string `json:"error,omitempty"`
}

// patience is how long one case may take; what takes longer has no answer.
const patience = 2 * time.Second

func main() {
	// A value that contains itself ends the process, as it ends Helm: better soon than after a gigabyte of stack.
	debug.SetMaxStack(64 << 20)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		var asked question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			panic(err)
		}
		watchdog := time.AfterFunc(patience, func() { os.Exit(1) })
		if err := encoder.Encode(respond(asked)); err != nil {
			panic(err)
		}
		watchdog.Stop()
	}
	if err := in.Err(); err != nil {
		panic(err)
	}
}

func respond(asked question) (given answer) {
	defer func() {
		if failure := recover(); failure != nil {
			given = answer{Error: fmt.Sprintf("panic: %v", failure)}
		}
	}()
	output, err := outputOf(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Output: output}
}

func outputOf(asked question) (string, error) {
	switch asked.Kind {
	case "template":
		return render(asked)
	case "values":
		read, err := loader.LoadValues(strings.NewReader(asked.Text))
		return asYAML(read, err)
	case "yaml":
		var read any
		err := yaml.Unmarshal([]byte(asked.Text), &read)
		return asYAML(read, err)
	default:
		return set(asked)
	}
}

func asYAML(value any, err error) (string, error) {
	if err != nil {
		return "", err
	}
	written, err := yaml.Marshal(value)
	return string(written), err
}

// set lays a text on a JSON object, through the flags that a user has for both.
func set(asked question) (string, error) {
	flags := values.Options{JSONValues: []string{asked.Values}}
	switch asked.Kind {
	case "set":
		flags.Values = []string{asked.Text}
	case "set-string":
		flags.StringValues = []string{asked.Text}
	case "set-json":
		flags.JSONValues = append(flags.JSONValues, asked.Text)
	case "set-literal":
		flags.LiteralValues = []string{asked.Text}
	default:
		panic("unknown kind " + asked.Kind)
	}
	merged, err := flags.MergeValues(nil)
	return asYAML(merged, err)
}

// render gives a chart with this one template. NOTES.txt is the name whose output nobody takes apart afterwards.
func render(asked question) (string, error) {
	given, err := loader.LoadValues(strings.NewReader(asked.Values))
	if err != nil {
		return "", err
	}
	rendered := &chart.Chart{
		Metadata:  &chart.Metadata{APIVersion: "v2", Name: "c", Version: "0.1.0"},
		Templates: []*common.File{{Name: "templates/NOTES.txt", Data: []byte(asked.Text)}},
	}
	release := common.ReleaseOptions{Name: "rel", Namespace: "default", IsInstall: true, Revision: 1}
	data, err := util.ToRenderValues(rendered, given, release, common.DefaultCapabilities)
	if err != nil {
		return "", err
	}
	outputs, err := engine.Engine{}.Render(rendered, data)
	return outputs["c/templates/NOTES.txt"], err
}
