using Damon.Damo.Records;

namespace Damon.Damo.Reports.Access;

/// <summary>The boxes of the simple styles: length by the logarithm of the age, digit by the access rate, right-aligned.</summary>
internal sealed class AccessBox
{
    private const int LengthMax = 40;

    private readonly SnapshotMeasures _measures;
    private readonly double _minAge = double.MaxValue;
    private readonly double _maxAge;
    private readonly double _minRate = double.MaxValue;
    private readonly double _maxRate;

    internal AccessBox(SnapshotMeasures measures)
    {
        _measures = measures;
        foreach (RecordedRegion region in measures.Snapshot.Regions)
        {
            double age = Log(measures.AgeUs(region)), rate = measures.Hertz(region);
            (_minAge, _maxAge) = (Math.Min(_minAge, age), Math.Max(_maxAge, age));
            (_minRate, _maxRate) = (Math.Min(_minRate, rate), Math.Max(_maxRate, rate));
        }
    }

    internal string Draw(in RecordedRegion region)
    {
        double age = Log(_measures.AgeUs(region)) - _minAge, ages = _maxAge - _minAge;
        int length = ages > 0 ? 1 + (int)((LengthMax - 1) * age / ages) : LengthMax;
        double rate = _measures.Hertz(region) - _minRate, unit = (_maxRate - _minRate) / 9;
        int digit = unit > 0 ? Math.Min((int)(rate / unit), 9) : 0;
        return $"|{new string((char)('0' + digit), length)}|".PadLeft(LengthMax + 2);
    }

    private static double Log(double age) => age < 1 ? 0 : Math.Log(age);
}
