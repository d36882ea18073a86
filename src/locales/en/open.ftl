## What everybody may read
open-title = Open data
open-lede = What the cities published: what they learned from each other, and the reports that were accepted.
open-licence = Published under CC BY 4.0. Figures in reports name the records they count; the signed checkpoint of the log is at /log/checkpoint.
