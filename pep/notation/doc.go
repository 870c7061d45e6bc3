// Package notation writes the workflow in notations that other tools read.
//
//	err := notation.Mermaid(os.Stdout)
//
// [Mermaid] and [DOT] draw the workflow, and [Matrix] writes a table of the stages at
// which each role may take each action. All three read pep.Workflow, and the same
// workflow always gives the same bytes. They return only the errors of the writer.
package notation
