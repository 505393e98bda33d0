namespace Damon.Model.Tests;

public class UnitsTests
{
    [Fact]
    public void SizesConvertAndOverflowIsSeen()
    {
        Assert.Equal(new Bytes(3UL << 30), Bytes.FromGiB(3));
        Assert.Equal(Bytes.FromMiB(1), Bytes.FromKiB(1024));
        Assert.Throws<OverflowException>(() => Bytes.FromGiB(1UL << 34));
        Assert.Equal((0ul, 1ul, 1ul, 2ul), (new Bytes(0).ToPages(12), new Bytes(1).ToPages(12), new Bytes(4096).ToPages(12), new Bytes(4097).ToPages(12)));
        Assert.True(Bytes.FromKiB(1) < Bytes.FromKiB(2) && Bytes.FromKiB(2) >= Bytes.FromKiB(2));
    }

    [Fact]
    public void SharesAreRoundedDownAsTheKernelDoes()
    {
        Assert.Equal(new BasisPoints(3333), BasisPoints.Of(1, 3));
        Assert.Equal(new BasisPoints(20_000), BasisPoints.Of(6, 3));
        Assert.Throws<DivideByZeroException>(() => BasisPoints.Of(1, 0));
    }

    [Fact]
    public void NoMemcgIsNone() => Assert.Equal((false, true), (MemcgId.None.Exists, new MemcgId(1).Exists));
}
