"""Statistics: numbers in, numbers out; knows nothing of products, rows or databases.

Every function takes floats or arrays and broadcasts over them, so that ten thousand slices cost one call.
A missing denominator never becomes a NaN: no observations give the vacuous bounds, [0, 1] or (-inf, inf).

The map:

- `proportion`: exact and Wilson bounds of a share; the effective number of trials of clustered rows
- `weights`: how many rows weighted rows are worth
- `ratio`: linearised variance of a ratio of two sums; Student, logit and cell-wise bounds of means
- `bounded`: bounds of a mean of values in [0, 1]
- `skewness`: how far out a bound towards a long tail must lie
- `smooth`: the delta method for any smooth function of sums, with bounds on a fitting scale
- `difference`: the difference of two groups, and the gap between the best and the worst of many
- `two_groups`: whether one group is worse than another: Fisher's exact test of shares, Welch's of means
- `shrinkage`: many differences drawn towards none, tiny groups most
- `paired`: the difference of two candidates' shares on the same rows; McNemar's test
- `paired_ratio`: the difference of other figures on the same rows: precision, F1, net value, means
- `jackknife`: the error of a figure that is no sum, from the figures without one group of units
- `quantile`: which order statistics bound a quantile, whatever the distribution
- `ranking`: AUC and average precision from a histogram of scores
- `curve`: what a score flags at each threshold, its rates there, and bounds of points of the ROC curve
- `calibration`: reliability, and calibration error against chance
- `scoring`: Brier score and log loss
- `recalibration`: the line that scores would have to be moved along
- `best`: which of many choices along a line may be the best, and how far the chosen one may fall short of it
- `conformal`: which settings keep an error rate under a bound, with one guarantee for all of them
- `sample_size`: how many more observations would decide a claim (`saw` and `search` find them)
- `drift`: how far apart two samples of categories are, and whether that is chance
- `powerlaw`: the law of a learning curve, what more rows would bring, and how many reach a target
- `judged`: rows that a judge answered, some of which people labelled, as sums
- `prediction_powered`: the mean of people's labels, made surer by a judge of many more rows
- `judge_errors`: a judge's sensitivity and specificity, and how to split the labels that measure them
- `judge_correction`: a judge's rate corrected by its errors
- `post_stratified`: the rate from labels drawn by what the judge answered
- `corrected_rate`: the one of these that fits how labels were drawn, beside what people alone give
- `judge_agreement`: a judge beside people: agreement beyond chance, the majority baseline, and how far people agree
- `repeated_tries`: one of k tries passes, or all of them; means over items
- `semantic_entropy`: answers that mean the same, and how many different things were said
- `multiplicity`: p-values adjusted for asking many questions at once
- `level`: what a confidence level is, and the two ways of spending it
- `floats`: how floats and arrays come in and go out

Words: *low/high* are the ends of a two-sided interval at `confidence`; *lower/upper* are one-sided bounds at
`level`. Import the module, not its names: `from shipworthy.stats import proportion`.
"""

from shipworthy.stats.scipy_start import start_special_lightly

start_special_lightly()
