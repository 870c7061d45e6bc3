package rulebook

import (
	"fmt"
	"slices"
	"strings"

	"virtualschool.example/pep"
)

// The dimensions of the drawing, in its own units; text is 12 high.
const (
	line      = 15  // the vertical distance between lines of text
	character = 6.4 // the average width of a letter, rounded up
	head      = 20  // the height of a stage's name
	boxWidth  = 350
	sideWidth = 200 // the room for the text beside an arrow
	laneWidth = 14  // the distance between neighbouring vertical arrows
	padding   = 9
)

// drawing is the workflow drawn as a column of stages. An arrow to the next stage goes
// straight down. An arrow to a later stage leaves on the right, and an arrow to an
// earlier stage on the left. No other arrow crosses the text beside an arrow.
type drawing struct {
	Width, Height int
	Boxes         []*box
	Arrows        []arrow
}

// box is one stage, with the actions that leave a plan at that stage.
type box struct {
	stage               pep.Stage
	Name                string
	Open, Start         bool
	X, Y, Width, Height int
	NameX, NameY        int
	Lines               []label
	stays               []words // the actions that leave the plan at this stage
	left, right         []port
	below               []words // the text beside the arrow to the next stage
}

// words is one line of text. It may begin with an action.
type words struct{ Action, Text string }

// label is a line of text with its place.
type label struct {
	words
	X, Y   int
	Anchor string // the alignment of the text: start, middle or end
}

// port is a place where an arrow leaves or enters a box.
type port struct {
	lane  *lane
	lines []words // the text beside a leaving arrow; nil if the arrow enters
	y     int
}

// lane is the vertical part that arrows share if they are on the same side, lead to the
// same stage and have the same text.
type lane struct {
	to    pep.Stage
	lines []words
	track int
	ports []int // the heights at which arrows join the lane
	ends  int   // the height at which the lane enters the stage
}

// arrow is a line of the drawing, or the last part of one.
type arrow struct {
	Path   string
	Back   bool // whether the arrow leads to an earlier stage
	Ends   bool // whether the line ends in an arrowhead
	Labels []label
}

// draw lays out the workflow.
func draw() *drawing {
	d := &drawing{Boxes: boxes()}
	left, right := lanes(d.Boxes)
	y := padding
	for n, b := range d.Boxes {
		b.Y, b.Width = y, boxWidth
		b.place()
		y += b.Height + gap(b, n == len(d.Boxes)-1)
	}
	d.Height = y + padding
	tracksLeft, tracksRight := tracks(d.Boxes, left, false), tracks(d.Boxes, right, true)
	x := padding + tracksLeft*laneWidth + sideWidth
	d.Width = x + boxWidth + sideWidth + tracksRight*laneWidth + padding
	for n, b := range d.Boxes {
		b.X = x
		b.write()
		if n+1 < len(d.Boxes) && b.below != nil {
			d.down(b, d.Boxes[n+1])
		}
		d.side(b, b.left, false)
		d.side(b, b.right, true)
	}
	d.ends(left, false)
	d.ends(right, true)
	return d
}

// boxes returns the stages in order, each with the arrows that leave it. All actions that
// lead from one stage to another share one arrow.
func boxes() []*box {
	all := []*box{{stage: pep.None, Name: "not started", Start: true}}
	for s := range pep.AllStages() {
		all = append(all, &box{stage: s, Name: spaced(s), Open: s.Open()})
	}
	for row := range pep.Workflow() {
		b := all[row.From]
		says := saying(row, fits(sideWidth))
		switch to := row.To; {
		case to == row.From:
			b.stays = append(b.stays, saying(row, fits(boxWidth))...)
		case to == row.From+1:
			b.below = append(b.below, says...)
		case to < row.From:
			b.left = leaving(b.left, to, says)
		default:
			b.right = leaving(b.right, to, says)
		}
	}
	return all
}

// leaving adds text to the arrow that leads to a stage, and adds the arrow if there is
// none yet.
func leaving(ports []port, to pep.Stage, says []words) []port {
	for n := range ports {
		if ports[n].lane.to == to {
			ports[n].lines = append(ports[n].lines, says...)
			return ports
		}
	}
	return append(ports, port{lane: &lane{to: to}, lines: says})
}

// saying returns the text of a row: the action, the roles that may take it and the
// condition, in lines of at most the given number of letters.
func saying(row pep.Transition, letters int) []words {
	var roles []string
	for r := range row.Roles.All() {
		roles = append(roles, spaced(r))
	}
	who := strings.Join(roles, ", ")
	if row.When != pep.Always {
		who += " (" + row.When.String() + ")"
	}
	action := spaced(row.Verb)
	var lines []words
	for n, text := range wrapped(action+": "+who, letters) {
		said := words{Text: text}
		if n == 0 {
			said = words{action, strings.TrimPrefix(text, action)}
		}
		lines = append(lines, said)
	}
	return lines
}

// wrapped breaks text into lines of at most the given number of letters.
func wrapped(text string, letters int) (lines []string) {
	for word := range strings.FieldsSeq(text) {
		last := len(lines) - 1
		if last >= 0 && len(lines[last])+1+len(word) <= letters {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// fits returns how many letters fit into a width.
func fits(width float64) int { return int((width - 2*padding) / character) }

// lanes joins the arrows that lead to the same stage with the same text, and adds to that
// stage a port where the lane ends.
func lanes(all []*box) (left, right []*lane) {
	join := func(lanes []*lane, p *port) []*lane {
		for _, l := range lanes {
			if l.to == p.lane.to && slices.Equal(l.lines, p.lines) {
				p.lane = l
				return lanes
			}
		}
		p.lane.lines = p.lines
		return append(lanes, p.lane)
	}
	for _, b := range all {
		for n := range b.left {
			left = join(left, &b.left[n])
		}
		for n := range b.right {
			right = join(right, &b.right[n])
		}
	}
	for _, l := range left {
		all[l.to].left = append(all[l.to].left, port{lane: l})
	}
	for _, l := range right {
		all[l.to].right = slices.Insert(all[l.to].right, 0, port{lane: l})
	}
	return left, right
}

// place sets the height of a box and the heights of its ports.
func (b *box) place() {
	if b.Start {
		b.Height = 2*padding + line
		return
	}
	b.Height = 2*padding + head + line*len(b.stays)
	for _, ports := range [][]port{b.left, b.right} {
		y := b.Y + padding/2
		for n := range ports {
			y += line*max(1, len(ports[n].lines)) + padding/2
			ports[n].y = y
		}
		b.Height = max(b.Height, y+padding-b.Y)
	}
}

// gap returns the height of the room below a box.
func gap(b *box, last bool) int {
	if last {
		return 0
	}
	return max(2*padding, line*len(b.below)+2*padding)
}

// tracks assigns a track to each lane on one side, so that lanes on the same track never
// overlap. Short lanes are nearest to the boxes. It returns the number of tracks.
func tracks(all []*box, lanes []*lane, right bool) (count int) {
	for _, b := range all {
		ports := b.left
		if right {
			ports = b.right
		}
		for _, p := range ports {
			if p.lines == nil {
				p.lane.ends = p.y
			} else {
				p.lane.ports = append(p.lane.ports, p.y)
			}
		}
	}
	ordered := slices.Clone(lanes)
	slices.SortStableFunc(ordered, func(a, b *lane) int { return a.length() - b.length() })
	for n, l := range ordered {
		for slices.ContainsFunc(ordered[:n], l.meets) {
			l.track++
		}
		count = max(count, l.track+1)
	}
	return count
}

func (l *lane) top() int    { return min(l.ends, slices.Min(l.ports)) }
func (l *lane) bottom() int { return max(l.ends, slices.Max(l.ports)) }
func (l *lane) length() int { return l.bottom() - l.top() }

// meets reports whether the two lanes are on the same track and overlap.
func (l *lane) meets(other *lane) bool {
	return l.track == other.track && l.top() <= other.bottom() && other.top() <= l.bottom()
}

// write sets the places of a box's text.
func (b *box) write() {
	b.NameX, b.NameY = b.X+b.Width/2, b.Y+padding+line-1
	for n, text := range b.stays {
		b.Lines = append(b.Lines, label{text, b.NameX, b.Y + padding + head + line*(n+1) - 3, "middle"})
	}
}

// down draws the arrow to the next stage.
func (d *drawing) down(from, to *box) {
	x, y := from.X+from.Width/2, from.Y+from.Height
	a := arrow{Ends: true, Path: fmt.Sprintf("M%d %dV%d", x, y, to.Y-2)}
	for n, text := range from.below {
		a.Labels = append(a.Labels, label{text, x + padding, y + padding + line*(n+1) - 4, "start"})
	}
	d.Arrows = append(d.Arrows, a)
}

// lanex returns the x coordinates of a lane and of the edge of the boxes that faces it.
func (d *drawing) lanex(l *lane, right bool) (x, edge int) {
	b := d.Boxes[0]
	if right {
		return b.X + b.Width + sideWidth + l.track*laneWidth, b.X + b.Width
	}
	return b.X - sideWidth - l.track*laneWidth, b.X
}

// side draws the arrows that leave a box on one side, up to the end of their lanes.
func (d *drawing) side(b *box, ports []port, right bool) {
	for _, p := range ports {
		if p.lines == nil {
			continue
		}
		x, edge := d.lanex(p.lane, right)
		a := arrow{Back: !right, Path: fmt.Sprintf("M%d %dH%dV%d", edge, p.y, x, p.lane.ends)}
		at, anchor := edge+padding, "start"
		if !right {
			at, anchor = edge-padding, "end"
		}
		for n, text := range p.lines {
			a.Labels = append(a.Labels, label{text, at, p.y - 4 - line*(len(p.lines)-1-n), anchor})
		}
		d.Arrows = append(d.Arrows, a)
	}
}

// ends draws the last part of each lane on one side: the line into its stage.
func (d *drawing) ends(lanes []*lane, right bool) {
	for _, l := range lanes {
		x, edge := d.lanex(l, right)
		if right {
			edge += 2
		} else {
			edge -= 2
		}
		d.Arrows = append(d.Arrows, arrow{Ends: true, Back: !right, Path: fmt.Sprintf("M%d %dH%d", x, l.ends, edge)})
	}
}
