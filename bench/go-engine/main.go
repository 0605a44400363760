// Prints how many nanoseconds one render of a chart takes inside Helm's own engine, after a warm-up: values are coalesced,
// templates executed, manifests sorted. Reading the chart is not counted.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

func main() {
	folder := os.Args[1]
	renders, err := strconv.Atoi(os.Args[2])
	check(err)
	measure(folder, renders)
	fmt.Println(measure(folder, renders).Nanoseconds() / int64(renders))
}

func measure(folder string, renders int) time.Duration {
	chart, err := loader.Load(folder)
	check(err)
	begun := time.Now()
	for range renders {
		given := map[string]any{}
		check(chartutil.ProcessDependencies(chart, given))
		release := common.ReleaseOptions{Name: "rel", Namespace: "default", Revision: 1, IsInstall: true}
		values, err := util.ToRenderValues(chart, given, release, common.DefaultCapabilities)
		check(err)
		files, err := engine.Render(chart, values)
		check(err)
		for name := range files {
			if len(name) > 9 && name[len(name)-9:] == "NOTES.txt" {
				delete(files, name)
			}
		}
		_, _, err = releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
		check(err)
	}
	return time.Since(begun)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
